import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { connect } from './state/stream.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element with the id root.');
connect();
createRoot(root).render(<App />);
