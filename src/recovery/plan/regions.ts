import type { RegionRoles } from '../../domain/action.ts';
import { Refusal } from '../../domain/errors.ts';
import { type Home, regionOf } from '../../domain/home.ts';

/** Which Region is active and which stands by, for services that must agree on it. */
export function regionRoles(home: Home, active: ReadonlyMap<string, string>, services: readonly string[]): RegionRoles {
  const { primary, recovery } = home.system.regions;
  const where = services.map((service) => ({ service, region: regionOf(home, active, service) }));
  const [first] = where;
  const other = where.find(({ region }) => region !== first?.region);
  if (first && other) {
    throw new Refusal(
      `${first.service} is active in ${first.region} but ${other.service} in ${other.region}: one command moves services ` +
        'that are in the same Region. Declare an incident for one of them, name one in the steps (`service:`), or bring them together first.',
    );
  }
  const at = first?.region ?? primary;
  return { active: at, standby: at === primary ? recovery : primary, primary, recovery };
}
