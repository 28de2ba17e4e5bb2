import { useState } from 'react';
import { post } from '../state/post.ts';

export interface SceneRun {
  under: boolean;
  /** Why it was not done. */
  refused: string | null;
  /** True once it was done. */
  run(scene: string): Promise<boolean>;
}

/** Has the server do what a person would; one thing at a time. */
export function useScene(): SceneRun {
  const [under, setUnder] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const run = async (scene: string): Promise<boolean> => {
    setUnder(true);
    setRefused(null);
    try {
      await post(`guide/${scene}`);
      return true;
    } catch (error) {
      setRefused(error instanceof Error ? error.message : String(error));
      return false;
    } finally {
      setUnder(false);
    }
  };
  return { under, refused, run };
}
