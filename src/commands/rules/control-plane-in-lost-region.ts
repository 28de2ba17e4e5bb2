import { eachStep } from '../lint/draft.ts';
import { lostRegion, mayMissRegion } from './lost-region.ts';
import type { Rule } from './rule.ts';
import { healthyStep, servingStep, switchStep } from './samples.ts';

export const controlPlaneInLostRegion: Rule = {
  name: 'control-plane-in-lost-region',
  why: 'Some services are changed in one Region alone, whatever Region they serve: Route 53 records and IAM in us-east-1. Where that is the Region that is lost, the step waits for it.',
  wrong: `
scenario: region-outage
steps:
${healthyStep}
  - id: traffic
    uses: route53.upsert-record
    with:
      zone_id: Z0SHOP
      name: shop.example.com
      type: CNAME
      values: [standby.example.com]
      ttl: 60
${servingStep}`,
  right: `
scenario: region-outage
steps:
${healthyStep}
${switchStep}
${servingStep}`,
  look: (draft) => {
    const lost = lostRegion(draft);
    return eachStep(draft, (step, path) => {
      const plane = draft.catalogue.get(step.uses)?.plane;
      if (plane?.kind !== 'control' || plane.region !== lost || mayMissRegion(step)) return [];
      const message = `${step.uses} is carried out in ${lost}, the Region that this command is for the loss of: prepare it beforehand, and switch by what does not need it, such as route53.switch-standby`;
      return [draft.places.fault([...path, 'uses'], message)];
    });
  },
};
