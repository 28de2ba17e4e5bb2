import { describe, expect, it } from '@jest/globals';
import type { World } from '../../../sandbox/web/src/world/facts.ts';
import { type Box, layOut, size } from '../../../sandbox/web/src/world/layout.ts';
import { cutTo, widthOf } from '../../../sandbox/web/src/world/letters.ts';
import { createCloud } from '../../sim/cloud.ts';

function within(inner: Box, outer: Box): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}

function withTasks(world: World, desired: number): World {
  const grow = (service: World['regions'][number]['services'][number]) => ({ ...service, desired });
  return {
    ...world,
    regions: world.regions.map((region) => ({ ...region, services: region.services.map(grow) })),
  };
}

describe('the layout of the picture', () => {
  const world = createCloud().world.view();

  it.each([1, 10, 40, 100])('keeps everything of %i tasks inside its Region', (desired) => {
    const { regions, width, height } = layOut(withTasks(world, desired));
    expect(regions).toHaveLength(2);
    for (const region of regions) {
      expect(within(region, { x: 0, y: 0, width, height })).toBe(true);
      for (const service of region.services) {
        expect(within(service, region)).toBe(true);
        const { side, step, perRow } = service.squares;
        const rows = Math.ceil(desired / perRow);
        expect(perRow * step - (step - side)).toBeLessThanOrEqual(service.width - 2 * size.card);
        expect(76 + rows * step).toBeLessThan(service.height);
        for (const { y } of region.databases) expect(y).toBeGreaterThanOrEqual(service.y + service.height);
      }
    }
  });

  it('sets the Regions side by side in the width of a narrow panel, and leads people into one of them', () => {
    const { regions, arrows, width, names } = layOut(world);
    const [left, right] = regions;
    expect((left?.x ?? 0) + size.region).toBeLessThan(right?.x ?? 0);
    expect(width).toBeLessThanOrEqual(348);
    expect(arrows).toEqual([expect.objectContaining({ to: 'us-east-1', moving: false })]);
    expect(arrows[0]?.tip.x).toBeLessThan(names[0]?.x ?? 0);
  });

  it('draws no arrow where people are sent nowhere', () => {
    const nowhere = world.traffic.map((one) => ({ ...one, region: null, nextRegion: null }));
    expect(layOut({ ...world, traffic: nowhere }).arrows).toEqual([]);
  });

  it('draws the line of a replica in its own Region beside both', () => {
    const [first, ...others] = world.regions;
    const [primary] = first?.databases ?? [];
    if (!first || !primary) throw new Error('The example has a database.');
    const replica = { ...primary, id: 'copy', source: { region: first.region, id: primary.id }, replicating: true };
    const picture = layOut({ ...world, regions: [{ ...first, databases: [primary, replica] }, ...others] });
    const near = picture.links.find((link) => link.to.id === 'copy');
    expect(near?.middle.x).toBeGreaterThan(first ? size.region / 2 + size.cylinder.width / 2 : 0);
  });

  it('cuts what does not fit and nothing else', () => {
    expect(cutTo('app-service', 12, 132)).toBe('app-service');
    const cut = cutTo('a-service-with-a-very-long-name', 12, 132);
    expect(cut).toMatch(/^a-service-with.*…$/);
    expect(widthOf(cut, 12)).toBeLessThanOrEqual(132);
  });
});
