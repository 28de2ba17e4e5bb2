import { setPace } from '../state/pace.ts';

/** A run of minutes is watched at this pace. */
const watchedScale = 60;
const key = 'muster-sandbox-guide-pace';

/** Where the pace that time had outlives a reload. */
export interface Keep {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** While a run is watched. A pace of 0, at which time stands still, is not gone back to. */
export async function quicken(keep: Keep, scale: number): Promise<void> {
  if (scale > 0 && keep.getItem(key) === null) keep.setItem(key, String(scale));
  await setPace(watchedScale);
}

/** Once it is watched no more: the pace that was kept, unless somebody chose another meanwhile. */
export async function slacken(keep: Keep, scale: number): Promise<void> {
  const kept = keep.getItem(key);
  if (kept === null) return;
  keep.removeItem(key);
  if (scale === watchedScale) await setPace(Number(kept));
}
