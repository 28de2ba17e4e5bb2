import type { World } from '../world/facts.ts';
import { inForce, type Offer, offersIn } from './offers.ts';
import type { Send } from './send.ts';
import { Switch } from './switch.tsx';
import styles from './trouble.module.css';

export function CloudTrouble({ world, send }: { world: World; send: Send }) {
  return offersIn(world).map(({ title, offers, none }) => (
    <section key={title} className={styles.group}>
      <h3>{title}</h3>
      {offers.map((offer) => (
        <CloudOffer key={offer.label} world={world} offer={offer} send={send} />
      ))}
      {none === undefined ? null : <p className={styles.note}>{none}</p>}
    </section>
  ));
}

function CloudOffer({ world, offer, send }: { world: World; offer: Offer; send: Send }) {
  const set = inForce(world, offer);
  const turn = () => (set ? send('world/mend', { id: set.id }) : send('world/break', offer.fault));
  return <Switch label={offer.label} on={set !== undefined} turn={turn} />;
}
