import {
  type Database,
  type Flow,
  flowsOf,
  isSplit,
  type Link,
  linksOf,
  type Region,
  type Service,
  tasksOf,
  type World,
} from './facts.ts';
import { widthOf } from './letters.ts';

/** Pixels of a panel at its narrowest, where the picture is drawn as large as life. */
export const size = {
  region: 164,
  gap: 20,
  pad: 8,
  banner: 34,
  name: 30,
  switch: 18,
  arrow: 34,
  head: 44,
  card: 8,
  cylinder: { width: 74, height: 46 },
  database: 104,
  /** Below its head, of a Region in which there is room for the sign that it does not answer. */
  silence: 124,
};

export interface Point {
  x: number;
  y: number;
}
export interface Box extends Point {
  width: number;
  height: number;
}
export interface ServiceBox extends Box {
  service: Service;
  squares: { side: number; step: number; perRow: number };
}
export interface DatabaseBox extends Point {
  database: Database;
}
export interface RegionBox extends Box {
  region: Region;
  services: ServiceBox[];
  databases: DatabaseBox[];
}
export interface Picture {
  width: number;
  height: number;
  names: (Box & Flow)[];
  /** Where the health checks are said. */
  checks: Point;
  regions: RegionBox[];
  arrows: { name: string; to: string; moving: boolean; path: string; tip: Point }[];
  links: (Link & { path: string; middle: Point })[];
}

/** Where everything stands: names at the top, the Regions side by side, their services above their databases. */
export function layOut(world: World): Picture {
  const count = Math.max(1, world.regions.length);
  const width = count * size.region + (count - 1) * size.gap;
  const flows = flowsOf(world);
  const top = isSplit(world) ? size.banner : 0;
  const names = flows.map((flow, at) => ({ ...flow, ...nameBox(flow.name, width, top + at * (size.name + 6)) }));
  const checksAt = top + names.length * (size.name + 6);
  const y = names.length + world.healthChecks.length === 0 ? top : regionsBelow(checksAt, world);
  const regions = placeRegions(world, y);
  const height = y + Math.max(0, ...regions.map((region) => region.height));
  return {
    width,
    height,
    names,
    checks: { x: width / 2, y: checksAt },
    regions,
    arrows: names.flatMap((name) => arrowsOf(name, regions, width)),
    links: linksOf(world).flatMap((link) => placeLink(link, regions)),
  };
}

function regionsBelow(checksAt: number, { healthChecks }: World): number {
  return checksAt + Math.max(healthChecks.length * size.switch, 4) + size.arrow;
}

function nameBox(name: string, width: number, y: number): Box {
  const wide = Math.min(width - 2 * 40, 46 + widthOf(name, 13));
  return { x: (width - wide) / 2, y, width: wide, height: size.name };
}

function placeRegions(world: World, y: number): RegionBox[] {
  const rows = Math.max(0, ...world.regions.map((region) => region.services.length));
  const heights = Array.from({ length: rows }, (_, row) =>
    Math.max(...world.regions.map(({ services }) => (services[row] ? serviceHeight(services[row]) : 0))),
  );
  const databasesAt = y + size.head + heights.reduce((sum, height) => sum + height + size.card, 0);
  const bottom = databasesAt + Math.max(0, ...world.regions.map((one) => one.databases.length)) * size.database;
  return world.regions.map((region, at) => {
    const x = at * (size.region + size.gap);
    const tops = heights.map(
      (_, row) => y + size.head + heights.slice(0, row).reduce((sum, one) => sum + one + size.card, 0),
    );
    return {
      region,
      x,
      y,
      width: size.region,
      height: bottom + size.pad - y,
      services: region.services.map((service, row) => ({
        service,
        squares: squaresFor(service),
        x: x + size.pad,
        y: tops[row] ?? y,
        width: size.region - 2 * size.pad,
        height: heights[row] ?? 0,
      })),
      databases: region.databases.map((database, row) => ({
        database,
        x: x + size.region / 2,
        y: databasesAt + row * size.database + size.card,
      })),
    };
  });
}

const inner = size.region - 2 * size.pad - 2 * size.card;

/** Few tasks are large squares, many are small ones. */
function squaresFor(service: Service): ServiceBox['squares'] {
  const [side, step] = tasksOf(service).length > 22 ? [6, 8] : [9, 12];
  return { side, step, perRow: Math.floor((inner + step - side) / step) };
}

/** Two rows of squares at the least: a service that starts does not make the picture jump. */
function serviceHeight(service: Service): number {
  const { step, perRow } = squaresFor(service);
  const rows = Math.max(2, Math.ceil(tasksOf(service).length / perRow));
  return 76 + Math.max(24, rows * step) + 32;
}

/** From the side of a name out and down into a Region; straight down to one in the middle. */
function arrowsOf(name: Box & Flow, regions: readonly RegionBox[], width: number): Picture['arrows'] {
  const into = (to: string | null, moving: boolean) => {
    const region = regions.find((one) => one.region.region === to);
    if (to === null || !region) return [];
    const side = region.x + region.width < width / 2 ? -1 : region.x > width / 2 ? 1 : 0;
    const x = side === 0 ? width / 2 : side < 0 ? region.x + 16 : region.x + region.width - 16;
    const from = { x: name.x + (side < 0 ? 0 : side > 0 ? name.width : name.width / 2), y: name.y + name.height / 2 };
    const tip = { x, y: region.y - 2 };
    const bend = 14;
    const down = `M ${x} ${name.y + name.height} V ${tip.y - 6}`;
    const round = `M ${from.x} ${from.y} H ${x - side * bend} Q ${x} ${from.y} ${x} ${from.y + bend} V ${tip.y - 6}`;
    return [{ name: name.name, to, moving, path: side === 0 ? down : round, tip }];
  };
  return [...into(name.region, false), ...into(name.next, true)];
}

function placeLink(link: Link, regions: readonly RegionBox[]): Picture['links'] {
  const find = ({ region, id }: Link['from']) =>
    regions.find((one) => one.region.region === region)?.databases.find((one) => one.database.id === id);
  const [from, to] = [find(link.from), find(link.to)];
  if (!from || !to) return [];
  const half = size.cylinder.width / 2;
  const height = size.cylinder.height / 2;
  // Within a Region the line leaves and comes back on the same side.
  const back = from.x === to.x;
  const side = to.x > from.x ? 1 : -1;
  const start = { x: from.x + (back ? half : side * half), y: from.y + height };
  const end = { x: to.x + (back ? half : -side * (half + 7)), y: to.y + height };
  const bow = start.x + 24;
  const path = back
    ? `M ${start.x} ${start.y} C ${bow} ${start.y} ${bow} ${end.y} ${end.x + 7} ${end.y}`
    : `M ${start.x} ${start.y} L ${end.x} ${end.y}`;
  return [{ ...link, path, middle: { x: back ? bow : (start.x + end.x) / 2, y: (start.y + end.y) / 2 } }];
}
