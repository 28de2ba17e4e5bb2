/** The largest and worst values that people and far ends may give, to try templates with. */

const nasty = 'ש׳ قاعدة 🔥 <!channel> *bold* _it_ `x` {{x}} <b>&amp;</b> @here ';

function filled(length: number): string {
  return nasty
    .repeat(Math.ceil(length / nasty.length))
    .slice(0, length)
    .trim();
}

/** As long as a modal's field lets it be, over several lines. */
export const body = `${filled(400)}\n\n${filled(400)}\n> ${filled(2190)}`.slice(0, 3000);
export const title = filled(150);
export const sentence = filled(500);
export const serviceList = Array.from({ length: 50 }, (_, at) => `service-number-${at + 1}`);
export const services = serviceList.join(', ');
export const addresses = serviceList.map((service) => `${service}@example.com`).join(', ');
export const components = serviceList.map((service) => `${service}: degraded performance`);
export const items = Array.from({ length: 6 }, (_, at) => `${at + 1}. ${filled(75)}`);
export const instant = '2026-12-30 22:59 GMT-12:30 (2026-12-31 01:59 UTC)';
