/*
 * Lets the map be moved about. Without this, the picture that the server drew stays.
 *
 * Points that would lie on one another are one mark with their number, which opens; so there is never more on the map than
 * can be pressed, and all of it is reached by keyboard.
 */

const closestZoom = 19;
const mostListed = 10;

const frame = document.getElementById('map');
const data = document.getElementById('map-data');
const leaflet = window.L;
if (frame && data && leaflet) {
  // Named by the page, because its address has the hash of its content in it.
  const { groupsOf } = await import(frame.dataset.grouping);
  draw(frame, { ...JSON.parse(data.textContent ?? ''), groupsOf }, leaflet);
}

function draw(element, { city, shapes, points, words, groupsOf }, L) {
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(name).trim();
  const mayMove = !matchMedia('(prefers-reduced-motion: reduce)').matches;
  element.replaceChildren();
  element.classList.add('moving');
  const map = L.map(element, {
    renderer: L.canvas(),
    attributionControl: false,
    scrollWheelZoom: false,
    zoomControl: false,
    maxZoom: closestZoom,
    zoomAnimation: mayMove,
    fadeAnimation: mayMove,
    inertia: mayMove,
  });
  element.setAttribute('role', 'region');
  element.setAttribute('aria-label', element.dataset.label ?? '');
  L.control.zoom({ zoomInTitle: words.zoomIn, zoomOutTitle: words.zoomOut }).addTo(map);
  if (city) {
    const [west, south, east, north] = city;
    const bounds = [
      [south, west],
      [north, east],
    ];
    const border = { color: colour('--quiet'), weight: 1, dashArray: '4 4', fill: false };
    L.rectangle(bounds, { ...border, interactive: false }).addTo(map);
  }
  const rowText = ([, , number, label]) => fill(words.row, { number: inWords(number), label });
  const layer = L.geoJSON(shapes, {
    style: { color: colour('--accent'), weight: 2, fillOpacity: 0.15 },
    pointToLayer: (_feature, at) =>
      L.circleMarker(at, {
        radius: 5,
        weight: 1,
        color: colour('--paper'),
        fillColor: colour('--accent'),
        fillOpacity: 0.85,
      }),
    onEachFeature: ({ properties: { number, label } }, shape) =>
      shape.bindPopup(listOf([rowText([0, 0, number, label])])),
  }).addTo(map);
  L.control.scale({ imperial: false }).addTo(map);
  const bounds = layer.getBounds();
  for (const [longitude, latitude] of points) bounds.extend([latitude, longitude]);
  nameTheCloser(map, words);
  map.fitBounds(bounds.pad(0.1), { maxZoom: 16 });
  drawGrid(map, { color: colour('--rule'), weight: 1, interactive: false }, L);
  if (points.length > 0) drawPoints(map, points, { rowText, words, groupsOf }, L);
}

/** Draws what is in sight, in groups that are made once for each zoom, and anew whenever the map has moved. */
function drawPoints(map, points, { rowText, words, groupsOf }, L) {
  const placed = points.map((point) => {
    const at = L.latLng(point[1], point[0]);
    return { point, at, world: map.project(at, 0) };
  });
  const byZoom = new Map();
  const shown = new Map();

  const update = () => {
    const zoom = map.getZoom();
    if (!byZoom.has(zoom)) byZoom.set(zoom, groupsOf(placed, 2 ** zoom));
    const sight = map.getBounds().pad(0.2);
    const wanted = new Map();
    for (const group of byZoom.get(zoom)) {
      const at = map.unproject([group.x, group.y], zoom);
      if (sight.contains(at)) wanted.set(group, at);
    }
    let left;
    for (const [group, mark] of shown) {
      if (wanted.has(group)) continue;
      if (mark.getElement() === document.activeElement) left = mark.getLatLng();
      mark.remove();
      shown.delete(group);
    }
    for (const [group, at] of wanted) if (!shown.has(group)) shown.set(group, markOf(group, at));
    // Who opened a group by keyboard goes on where it was, not at the top of the page.
    if (left)
      nearest([...shown.values()], left)
        ?.getElement()
        ?.focus();
  };

  function markOf({ members }, at) {
    const [only] = members;
    const isOne = members.length === 1;
    const count = inWords(members.length);
    const pixels = isOne ? 24 : 22 + 6 * String(members.length).length;
    const mark = L.marker(isOne ? only.at : at, {
      icon: L.divIcon({
        className: isOne ? 'map-point' : 'map-cluster',
        html: isOne ? '' : count,
        iconSize: [pixels, pixels],
      }),
    }).addTo(map);
    const name = isOne ? rowText(only.point) : fill(words.cluster, { count });
    mark.getElement().setAttribute('aria-label', name);
    mark.getElement().title = name;
    mark.on('click', () => open(members, mark));
    mark.on('keydown', ({ originalEvent }) => {
      if (originalEvent.key !== 'Enter' && originalEvent.key !== ' ') return;
      originalEvent.preventDefault();
      open(members, mark);
    });
    return mark;
  }

  function open(members, mark) {
    const bounds = L.latLngBounds(members.map(({ at }) => at));
    const isOneSpot = bounds.getSouthWest().equals(bounds.getNorthEast());
    if (!isOneSpot && map.getZoom() < closestZoom) {
      const zoom = Math.max(map.getZoom() + 1, map.getBoundsZoom(bounds, false, [48, 48]));
      map.setView(bounds.getCenter(), Math.min(zoom, closestZoom));
      return;
    }
    const texts = members.slice(0, mostListed).map(({ point }) => rowText(point));
    const more = members.length - texts.length;
    if (more > 0) texts.push(fill(words.more, { count: inWords(more) }));
    const popup = L.popup({ offset: [0, -4] })
      .setLatLng(mark.getLatLng())
      .setContent(listOf(texts));
    popup.on('remove', () => mark.getElement()?.focus({ preventScroll: true }));
    popup.openOn(map);
    popup.getElement().querySelector('ul').focus({ preventScroll: true });
  }

  map.on('moveend', update);
  update();
}

function nearest(marks, at) {
  const distance = (mark) => mark.getLatLng().distanceTo(at);
  return marks.reduce(
    (best, mark) => (best && distance(best) <= distance(mark) ? best : mark),
    undefined,
  );
}

/** Leaflet names the button that closes a popup in English, and closes by key only while the map itself has the focus. */
function nameTheCloser(map, words) {
  map.on('popupopen', ({ popup }) => {
    popup
      .getElement()
      .querySelector('.leaflet-popup-close-button')
      .setAttribute('aria-label', words.close);
  });
  map.getContainer().addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') map.closePopup();
  });
}

function listOf(texts) {
  const list = document.createElement('ul');
  list.tabIndex = -1;
  for (const text of texts)
    list.append(Object.assign(document.createElement('li'), { textContent: text }));
  return list;
}

function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (_whole, name) => values[name] ?? '');
}

function inWords(number) {
  return number.toLocaleString(document.documentElement.lang);
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
