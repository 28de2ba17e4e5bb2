/** The mail server that an address such as `smtps://user:password@host:465` names. */
export interface MailServer {
  connection: {
    host: string;
    port: number;
    secure: boolean;
    requireTLS: boolean;
    auth?: { user: string; pass: string };
  };
  /** Never to be part of a sentence: the password, also as it goes over the wire. */
  secrets: readonly string[];
}

const usualPorts = { 'smtp:': 587, 'smtps:': 465 };

/** Credentials go over TLS or not at all, unless the server is this very machine. */
export function readServer(url: string): MailServer {
  const { protocol, hostname, port, username, password } = new URL(url);
  const secure = protocol === 'smtps:';
  const host = hostname.replace(/^\[|\]$/g, '');
  const connection = {
    host,
    port: port === '' ? usualPorts[secure ? 'smtps:' : 'smtp:'] : Number(port),
    secure,
    requireTLS: !secure && username !== '' && !isLoopback(host),
  };
  if (username === '') return { connection, secrets: [] };
  const user = decodeURIComponent(username);
  const pass = decodeURIComponent(password);
  const wired = [pass, `\0${user}\0${pass}`, `${user}\0${user}\0${pass}`].map(toBase64);
  const secrets = pass === '' ? [] : [pass, password, ...wired];
  return { connection: { ...connection, auth: { user, pass } }, secrets };
}

function toBase64(text: string): string {
  return Buffer.from(text).toString('base64');
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\./.test(host);
}
