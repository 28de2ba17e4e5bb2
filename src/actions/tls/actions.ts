import type { Descriptor } from '../kit/define.ts';
import { checkCertificate } from './check-certificate.ts';

export const tlsActions: readonly Descriptor[] = [checkCertificate];
