import type { Item } from './items.ts';

/** What an export is of and where it goes: the same again under one client token. */
export interface ExportRequest {
  table: string;
  bucket: string;
  prefix: string;
  /** As it was asked for; the latest possible if null. */
  time: number | null;
}

export interface Export {
  /** The end of its ARN. */
  id: string;
  region: string;
  token: string | null;
  request: ExportRequest;
  tableId: string;
  exportTime: number;
  status: 'IN_PROGRESS' | 'COMPLETED' | 'FAILED';
  startedAt: number;
  endedAt: number | null;
  /** What it is to write; empty once it has ended. */
  items: Item[];
  itemCount: number;
  itemBytes: number;
  failure: { code: string; message: string } | null;
}

export interface Import {
  id: string;
  region: string;
  token: string | null;
  /** What was asked for, as JSON. */
  request: string;
  tableId: string;
  table: string;
  source: { bucket: string; prefix: string; zipped: boolean };
  status: 'IN_PROGRESS' | 'COMPLETED' | 'FAILED';
  startedAt: number;
  endedAt: number | null;
  processed: number;
  imported: number;
  errors: number;
  failure: { code: string; message: string } | null;
}
