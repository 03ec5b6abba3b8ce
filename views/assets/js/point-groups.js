const cellPixels = 48;

/**
 * Points that are nearer to one another than a mark is wide, as groups: first those of a square, then small squares join
 * the fuller one beside them. No two groups come nearer than a square's width, and thousands of points take milliseconds.
 *
 * @param placed each with where it is in the world, `world`, in pixels at zoom 0
 * @param scale how many pixels one of those is now
 */
export function groupsOf(placed, scale) {
  const cells = new Map();
  for (const place of placed) {
    const [x, y] = [place.world.x * scale, place.world.y * scale];
    const [column, row] = [Math.floor(x / cellPixels), Math.floor(y / cellPixels)];
    const key = `${column}:${row}`;
    const cell = cells.get(key) ?? { column, row, x: 0, y: 0, members: [] };
    cell.x += x;
    cell.y += y;
    cell.members.push(place);
    cells.set(key, cell);
  }
  const byFullness = [...cells.values()].sort((a, b) => b.members.length - a.members.length);
  for (const cell of byFullness) {
    cell.x /= cell.members.length;
    cell.y /= cell.members.length;
  }
  const groups = [];
  for (const cell of byFullness) {
    if (cell.isJoined) continue;
    cell.isJoined = true;
    const members = [...cell.members];
    for (let column = cell.column - 1; column <= cell.column + 1; column += 1) {
      for (let row = cell.row - 1; row <= cell.row + 1; row += 1) {
        const other = cells.get(`${column}:${row}`);
        if (!other || other.isJoined) continue;
        if (Math.hypot(other.x - cell.x, other.y - cell.y) >= cellPixels) continue;
        other.isJoined = true;
        for (const member of other.members) members.push(member);
      }
    }
    groups.push({ x: cell.x, y: cell.y, members });
  }
  return groups;
}
