import { Frame } from './frame/frame.tsx';

export function App() {
  return <Frame />;
}
