import type { WebClient } from '@slack/web-api';
import type { MarkdownFile } from '../domain/views.ts';
import { UploadFailed } from './slack-errors.ts';

/** Milliseconds that the upload itself may take. */
const uploadWithin = 10_000;

/**
 * Shares a document in a channel or below a message. Only the last of its three calls shows anything to anybody: an
 * upload that is not completed is forgotten by Slack, so the first two may be repeated.
 */
export async function shareFile(
  client: WebClient,
  file: MarkdownFile,
  to: { channel: string; under?: string },
): Promise<void> {
  const bytes = Buffer.from(file.markdown === '' ? '\n' : file.markdown, 'utf8');
  const { upload_url: url, file_id: id } = await client.files.getUploadURLExternal({
    filename: file.name,
    length: bytes.length,
  });
  if (!url || !id) throw new Error('files.getUploadURLExternal named no address');
  await upload(url, bytes);
  const share = to.under === undefined ? { channel_id: to.channel } : { channel_id: to.channel, thread_ts: to.under };
  await client.files.completeUploadExternal({ files: [{ id, title: file.name }], ...share });
}

async function upload(url: string, bytes: Buffer): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: new Uint8Array(bytes),
    signal: AbortSignal.timeout(uploadWithin),
  }).catch((error: unknown) => {
    throw new UploadFailed(error instanceof Error ? error.message : 'no answer');
  });
  await response.body?.cancel();
  if (!response.ok) throw new UploadFailed(`HTTP ${response.status}`);
}
