import { useState } from 'react';
import { post } from '../state/post.ts';

export interface SceneRun {
  under: boolean;
  /** Why it was not done. */
  refused: string | null;
  run(scene: string): Promise<void>;
}

/** Has the server do what a person would; one thing at a time. */
export function useScene(): SceneRun {
  const [under, setUnder] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const run = async (scene: string): Promise<void> => {
    setUnder(true);
    setRefused(null);
    try {
      await post(`guide/${scene}`);
    } catch (error) {
      setRefused(error instanceof Error ? error.message : String(error));
    } finally {
      setUnder(false);
    }
  };
  return { under, refused, run };
}
