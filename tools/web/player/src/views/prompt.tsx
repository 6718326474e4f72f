// A puzzle's text as its designer laid it out: paragraphs, lists, and what is indented because it is to be seen letter by
// letter (ciphers, tables, inscriptions). Nothing in it is markup.

export function Prompt({ text }: { text: string }) {
  return <div class="prompt">{blocks(text).map((block, index) => <Block key={index} block={block} />)}</div>;
}

function Block({ block }: { block: string }) {
  const lines = block.split('\n').filter((line) => line.trim() !== '');
  if (lines.every((line) => /^\s*[-•*] /.test(line))) return <ul class="list">{lines.map((line, index) => <li key={index}>{line.replace(/^\s*[-•*] /, '')}</li>)}</ul>;
  if (lines.length > 1 && lines.every((line) => kNumbered.test(line))) return <ol class="list numbered">{lines.map((line) => numbered(line))}</ol>;
  if (lines.every((line) => /^(\s{2,}|\t)/.test(line))) return <p class="set-apart">{lines.map((line) => line.replace(/^(\t| {2,4})/, '')).join('\n')}</p>;
  return <p>{block}</p>;
}

const kNumbered = /^\s*(\d+)[.)] +(.*)$/;
function numbered(line: string) {
  const [, number, words] = kNumbered.exec(line) ?? [];
  return <li key={number} value={Number(number)}>{words}</li>;
}

const blocks = (text: string): string[] => text.split(/\n[ \t]*\n/).filter((block) => block.trim() !== '');
