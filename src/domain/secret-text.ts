/** What is a secret wherever it stands: nobody means anything else by it. */
const certain: readonly [RegExp, string][] = [
  [/\bx(?:ox[a-z]|app)-[\w-]{6,}/g, '[secret]'],
  [/\bgh[pousr]_\w{20,}/g, '[secret]'],
  // A session token of AWS STS.
  [/\b(?:IQoJb3JpZ2lu|FwoGZXIvYXdz|FQoGZXIvYXdz)[\w+/=-]{16,}/g, '[secret]'],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, '[secret]'],
  [/(\b[a-z][a-z0-9+.-]{0,20}:\/\/[^\s/:@]{0,200}:)[^\s/@]{1,500}@/gi, '$1[secret]@'],
  [/(\bx-amz-(?:security-token|signature|credential)["']?\s*[=:]\s*["']?)[^\s"'&,;<]+/gi, '$1[secret]'],
  [/(\baws[_-]?(?:secret[_-]?access[_-]?key|session[_-]?token)["']?\s*[=:]\s*["']?)[^\s"',;]+/gi, '$1[secret]'],
];

/** What most likely is one, in what a machine says. */
const likely: readonly [RegExp, string][] = [
  [/\b(?:AKIA|ASIA)[A-Z0-9]{12,}\b/g, '[secret]'],
  [/(\b(?:bearer|oauth|basic)\s+)[\w.~+/=-]{8,}/gi, '$1[secret]'],
  [/(\bAWS4-HMAC-SHA256\s).*?Signature=\w+/g, '$1[secret]'],
  [/((?:password|passwd|secret|token|api[_-]?key|access[_-]?key)["']?\s*[=:]\s*["']?)[^\s"',;]+/gi, '$1[secret]'],
];

/** What people say, without tokens, private keys and passwords of addresses. A name such as a key's id stays. */
export function hideTokens(text: string): string {
  return certain.reduce((shown, [shape, instead]) => shown.replace(shape, instead), text);
}

/** What a far end or a program says, without what looks like a secret. */
export function hideSecrets(text: string): string {
  return likely.reduce((shown, [shape, instead]) => shown.replace(shape, instead), hideTokens(text));
}

/** A value as it came in, `hideTokens` of every text in it. */
export function withoutTokens<T>(value: T): T {
  return hideIn(value) as T;
}

function hideIn(value: unknown): unknown {
  if (typeof value === 'string') return hideTokens(value);
  if (Array.isArray(value)) return value.map(hideIn);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, hideIn(inner)]));
}
