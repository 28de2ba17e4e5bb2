import type { ReactNode } from 'react';
import type { World } from '../world/facts.ts';
import { inForce, type Offer, type OfferGroup, offersIn } from './offers.ts';
import type { Send } from './send.ts';
import { Switch } from './switch.tsx';
import styles from './trouble.module.css';

export function CloudTrouble({ world, send }: { world: World; send: Send }) {
  return offersIn(world).map((group) => {
    const offers = group.offers.map((offer) => (
      <CloudOffer key={offer.label} world={world} offer={offer} send={send} />
    ));
    if (group.folded) return <FoldedOffers key={group.title} world={world} group={group} offers={offers} />;
    return (
      <section key={group.title} className={styles.group}>
        <h3>{group.title}</h3>
        {offers}
        {group.none === undefined ? null : <p className={styles.note}>{group.none}</p>}
      </section>
    );
  });
}

function FoldedOffers({ world, group, offers }: { world: World; group: OfferGroup; offers: ReactNode }) {
  const on = group.offers.filter((offer) => inForce(world, offer)).length;
  return (
    <details className={styles.folded}>
      <summary>
        <h3>{group.title}</h3> <small>{on === 0 ? `${group.offers.length} ways` : `${on} broken`}</small>
      </summary>
      {offers}
    </details>
  );
}

function CloudOffer({ world, offer, send }: { world: World; offer: Offer; send: Send }) {
  const set = inForce(world, offer);
  const turn = () => (set ? send('world/mend', { id: set.id }) : send('world/break', offer.fault));
  return <Switch label={offer.label} on={set !== undefined} turn={turn} />;
}
