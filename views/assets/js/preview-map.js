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
}
