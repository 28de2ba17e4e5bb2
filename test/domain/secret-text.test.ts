import { describe, expect, it } from '@jest/globals';
import { hideSecrets, hideTokens, withoutTokens } from '../../src/domain/secret-text.ts';

describe('what people say', () => {
  it.each([
    ['it was xoxb-1234-abcdEFGH, again', 'it was [secret], again'],
    ['xapp-1-A0-123456', '[secret]'],
    ['postgres://app:hunter2@db.example.com/app', 'postgres://app:[secret]@db.example.com/app'],
    ['-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY----- was there', '[secret] was there'],
    [`aws_session_token=${'x'.repeat(40)} too`, 'aws_session_token=[secret] too'],
    [
      'https://b.s3.amazonaws.com/k?X-Amz-Signature=0123&a=b',
      'https://b.s3.amazonaws.com/k?X-Amz-Signature=[secret]&a=b',
    ],
    [`the token IQoJb3JpZ2luX2VjEJr${'A'.repeat(20)}== is not good`, 'the token [secret] is not good'],
  ])('has no secret: %s', (said, kept) => expect(hideTokens(said)).toBe(kept));

  it.each([
    'disable AKIA0123456789ABCDEF of the user deploy',
    'the token expired, and the password: see the vault',
    'https://status.example.com/incidents/1?a=b@c',
    'arn:aws:iam::123456789012:role/muster-run',
    'Traffic: 50% at 14:30, tell ana@example.com',
  ])('keeps what is none: %s', (said) => expect(hideTokens(said)).toBe(said));

  it('is looked through however deep it lies', () => {
    expect(withoutTokens({ a: ['xoxp-123456', { b: 'xoxp-123456' }], c: 1, d: null })).toEqual({
      a: ['[secret]', { b: '[secret]' }],
      c: 1,
      d: null,
    });
  });

  it('does not take long, whatever it is', () => {
    for (const part of ['a.', 'a:', '://', 'x-amz-signature=', '-----BEGIN PRIVATE KEY-----', 'a://b:'])
      expect(hideSecrets(part.repeat(20_000)).length).toBeGreaterThan(0);
  });
});

it('leaves more out of what a machine says', () => {
  const quoted = 'Authorization: AWS4-HMAC-SHA256 Credential=AKIA0123456789ABCDEF/x, Signature=0123 password="a b"';
  expect(hideSecrets(quoted)).toBe('Authorization: AWS4-HMAC-SHA256 [secret] password="[secret] b"');
  expect(hideSecrets('Bearer abcdefgh1234')).toBe('Bearer [secret]');
});
