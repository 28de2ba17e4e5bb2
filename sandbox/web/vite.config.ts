import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** The page, built to be served by the sandbox from beside its own compiled code. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: './',
  build: {
    outDir: fileURLToPath(new URL('../../dist/sandbox/web', import.meta.url)),
    emptyOutDir: true,
    target: 'es2023',
    // The page may load nothing but its own files: no `data:` in its styles.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1_500,
  },
});
