import { Menu } from '../menu.tsx';
import { ask } from '../modal/ask.ts';
import { Plain } from '../text/text.tsx';
import type { ControlOf } from '../types.ts';
import { useSurface } from './surface.ts';

export function OverflowControl({ element, blockId }: { element: ControlOf<'overflow'>; blockId: string }) {
  const surface = useSurface();
  const choose = async (option: string, url: string | undefined) => {
    if (element.confirm && !(await ask(element.confirm))) return;
    if (url) window.open(url, '_blank', 'noopener');
    await surface.use('select', { actionId: element.action_id ?? '', blockId, option });
  };
  const items = element.options.map(({ text, value, url }) => ({
    key: value,
    text: <Plain text={text.text} />,
    pick: () => void choose(value, url),
  }));
  return <Menu label="More actions" sign="⋯" items={items} />;
}
