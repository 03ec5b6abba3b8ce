/* Lets the map be moved about. Without this, the picture that the server drew stays. */

const frame = document.getElementById('map');
const data = document.getElementById('map-data');
const leaflet = window.L;
if (frame && data && leaflet) draw(frame, JSON.parse(data.textContent ?? ''), leaflet);

function draw(element, { city, collection }, L) {
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(name).trim();
  const point = { radius: 5, weight: 1, color: colour('--paper'), fillOpacity: 0.85 };
  element.replaceChildren();
  element.classList.add('moving');
  const map = L.map(element, {
    renderer: L.canvas(),
    attributionControl: false,
    scrollWheelZoom: false,
  });
  element.setAttribute('role', 'region');
  element.setAttribute('aria-label', element.dataset.label ?? '');
  if (city) {
    const [west, south, east, north] = city;
    const bounds = [
      [south, west],
      [north, east],
    ];
    const border = { color: colour('--quiet'), weight: 1, dashArray: '4 4', fill: false };
    L.rectangle(bounds, { ...border, interactive: false }).addTo(map);
  }
  const layer = L.geoJSON(collection, {
    style: { color: colour('--accent'), weight: 2, fillOpacity: 0.15 },
    pointToLayer: (_feature, at) => L.circleMarker(at, { ...point, fillColor: colour('--accent') }),
    onEachFeature: (feature, shape) => {
      const text = document.createElement('span');
      text.textContent = feature.properties.label;
      shape.bindPopup(text);
    },
  }).addTo(map);
  L.control.scale({ imperial: false }).addTo(map);
  map.fitBounds(layer.getBounds().pad(0.1), { maxZoom: 16 });
  drawGrid(map, { color: colour('--rule'), weight: 1, interactive: false }, L);
}

/** Lines of longitude and latitude, as many as the part that is seen bears; drawn anew when it changes. */
function drawGrid(map, style, L) {
  const grid = L.layerGroup().addTo(map);
  const steps = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20];
  const draw = () => {
    grid.clearLayers();
    const seen = map.getBounds();
    const [west, south, east, north] = [
      seen.getWest(),
      seen.getSouth(),
      seen.getEast(),
      seen.getNorth(),
    ];
    const step = steps.find((each) => (east - west) / each <= 12) ?? 45;
    for (let x = Math.ceil(west / step) * step; x <= east; x += step) {
      grid.addLayer(
        L.polyline(
          [
            [south, x],
            [north, x],
          ],
          style,
        ),
      );
    }
    for (let y = Math.ceil(south / step) * step; y <= north; y += step) {
      grid.addLayer(
        L.polyline(
          [
            [y, west],
            [y, east],
          ],
          style,
        ),
      );
    }
  };
  map.on('moveend', draw);
  draw();
}
