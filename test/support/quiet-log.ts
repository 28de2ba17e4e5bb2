/** Takes what is logged and shows nothing; `errors` are there to be looked at. */
export function createQuietLog() {
  const errors: string[] = [];
  return {
    errors,
    info: (_fields: object, _message: string) => undefined,
    warn: (_fields: object, _message: string) => undefined,
    error: (_fields: object, message: string) => void errors.push(message),
  };
}
