// A code that a person reads aloud, copies, or sends as a link.
import { useState } from 'preact/hooks';
import { join_link } from '../route.ts';

export function CopyCode({ label, code, shared }: { label: string; code: string; shared?: boolean }) {
  const [said, set_said] = useState('');
  const copy = async (text: string, done: string) => {
    try {
      await navigator.clipboard.writeText(text);
      set_said(done);
    } catch { set_said('This browser does not let a page copy: select the code instead'); }
  };
  const share = async () => {
    const link = join_link(code);
    if (typeof navigator.share !== 'function') return copy(link, 'The link is copied');
    try { await navigator.share({ title: 'Join my team', url: link }); } catch { /* The player thought better of it. */ }
  };
  return (
    <div class="copy-code">
      <output class="code-text" aria-label={label}>{code}</output>
      <div class="row">
        <button type="button" onClick={() => copy(code, 'Copied')}>Copy <span class="visually-hidden">{label}</span></button>
        {shared && <button type="button" onClick={share}>Share a link</button>}
        <span class="said" role="status">{said}</span>
      </div>
    </div>
  );
}
