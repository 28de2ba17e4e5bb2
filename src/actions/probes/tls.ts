import { type ConnectionOptions, connect, type PeerCertificate, type TLSSocket } from 'node:tls';
import type { PresentedCertificate, TlsProbe } from '../../domain/ports/probes.ts';
import { faultOf } from '../kit/fault.ts';
import { inTime, unlessAborted } from '../kit/signal.ts';

/** Shakes hands once and looks at the certificate, good or bad; only where none is shown does it reject. */
export function createTlsProbe(trust: Pick<ConnectionOptions, 'ca'> = {}): TlsProbe {
  return {
    async certificate(name, { address, port, timeoutMs, signal = new AbortController().signal }) {
      // Trust is judged below, where it becomes a sentence instead of a broken connection. Nothing is sent.
      const socket = connect({ ...trust, host: address, port, servername: name, rejectUnauthorized: false });
      try {
        await inTime(timeoutMs, () => unlessAborted(signal, () => shaken(socket)));
        return presented(socket);
      } catch (error) {
        throw new Error(faultOf(error).why);
      } finally {
        socket.destroy();
      }
    },
  };
}

function shaken(socket: TLSSocket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('secureConnect', () => resolve());
    socket.on('error', reject);
    socket.once('close', () => reject(new Error('it closed the connection before it showed a certificate')));
  });
}

function presented(socket: TLSSocket): PresentedCertificate {
  const certificate = socket.getPeerCertificate();
  if (Object.keys(certificate).length === 0) throw new Error('it showed no certificate');
  return {
    names: namesOf(certificate),
    issuer: String(certificate.issuer.O ?? certificate.issuer.CN ?? 'unknown'),
    validFrom: new Date(certificate.valid_from).toISOString(),
    validTo: new Date(certificate.valid_to).toISOString(),
    fault: socket.authorized ? null : faultIn(String(socket.authorizationError)),
  };
}

function namesOf({ subjectaltname: names = '' }: PeerCertificate): string[] {
  return names.split(', ').flatMap((each) => (each.startsWith('DNS:') ? [each.slice('DNS:'.length)] : []));
}

function faultIn(code: string): string {
  if (/CERT_HAS_EXPIRED|CERT_NOT_YET_VALID/.test(code)) return 'it, or one that it rests on, has ended or not begun';
  if (/ALTNAME/.test(code)) return 'it is for another name';
  return `it is not trusted (${code.replace(/^Error: /, '').slice(0, 100)})`;
}
