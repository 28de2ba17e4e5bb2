import { describe, expect, it } from '@jest/globals';
import { contactsFor, peopleToCall } from '../../src/domain/contacts.ts';
import { Home } from '../../src/domain/home.ts';
import { presentContacts } from '../../src/slack/presenters/contacts.ts';
import { presentIncidentHeader } from '../../src/slack/presenters/incident-header.ts';
import { incidentOf, incidentViewOf } from '../slack/views.ts';
import { townHome } from '../support/town.ts';

const home = Home.parse({
  ...townHome,
  contacts: {
    cloud: { title: 'Cloud <!channel>', phone: '+1 206 555 0100', for: ['api', 'Region outage'] },
    registrar: { title: 'Registrar', url: 'https://registrar.example/help', for: ['web'] },
    idle: { title: 'Nobody' },
  },
});
const namesFor = (services: string[], scenario: string | null) =>
  contactsFor(home, { services, scenario }).map(({ name }) => name);

describe('contacts', () => {
  it('are those of an incident’s services and of its scenario, however that is written', () => {
    expect(namesFor(['api'], null)).toEqual(['cloud']);
    expect(namesFor(['billing'], 'region-outage')).toEqual(['cloud']);
    expect(namesFor(['web', 'api'], null)).toEqual(['cloud', 'registrar']);
    expect(namesFor(['billing'], null)).toEqual([]);
  });

  it('are named in the incident’s header without a number, and ping nobody', () => {
    const words = presentIncidentHeader(incidentViewOf({ incident: incidentOf({ services: ['api'] }) }), home);
    expect(words.text).toContain('Contacts: Cloud &lt;!channel&gt; · `/dr contacts`');
    expect(JSON.stringify(words)).not.toContain('555');
    const other = presentIncidentHeader(
      incidentViewOf({ incident: incidentOf({ services: ['billing'], scenario: null }) }),
      home,
    );
    expect(other.text).not.toContain('Contacts');
  });

  it('are shown with every way to reach them to whoever asks, escaped', () => {
    const { text } = presentContacts({ needed: contactsFor(home, incidentOf()), others: [], people: [] }, false);
    expect(text).toContain('📞 +1 206 555 0100');
    expect(text).not.toContain('<!channel>');
  });

  it('have our own people below them, by their telephone', () => {
    const people = { ...townHome.people, ana: { ...townHome.people.ana, phone: '+1 206 555 0199' } };
    const { text } = presentContacts({ needed: [], others: [], people: peopleToCall({ ...home, people }) }, false);
    expect(text).toMatch(/\*People\*\n• \*ana\* · 📞 \+1 206 555 0199$/);
  });

  it.each([
    ['a number that is none', { title: 'X', phone: 'call me' }],
    ['an address that no browser may follow', { title: 'X', url: 'javascript:alert(1)' }],
    ['a contact without a title', { phone: '112' }],
  ])('refuse %s', (_, contact) => {
    expect(Home.safeParse({ ...townHome, contacts: { one: contact } }).success).toBe(false);
  });
});
