import { useState } from 'react';
import { post } from '../state/post.ts';

export type Send = (path: string, body?: object) => void;

/** Posts, and keeps the server's sentence when it said no. */
export function useSend(): { send: Send; refused: string | null } {
  const [refused, setRefused] = useState<string | null>(null);
  const send = (path: string, body: object = {}) => {
    post(path, body).then(
      () => setRefused(null),
      (error: unknown) => setRefused(error instanceof Error ? error.message : String(error)),
    );
  };
  return { send, refused };
}
