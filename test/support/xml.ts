import { spawnSync } from 'node:child_process';

/** An element, without the difference between prefixes of one namespace: names stay as written. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** Of the element itself, not of its children. */
  readonly text: string;
}

interface Open {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  text: string;
}

const token = /<\?[^>]*\?>|<(\/?)([\w:.-]+)((?:\s+[\w:.-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/gy;

/**
 * Reads XML strictly, as far as we write it: no comments, CDATA or document types.
 *
 * @throws {Error} where it is not well-formed; also by xmllint, where that is installed
 */
export function parseXml(xml: string): XmlElement {
  assertByXmllint(xml);
  const top: Open = { name: '', attributes: {}, children: [], text: '' };
  const stack: Open[] = [top];
  token.lastIndex = 0;
  while (token.lastIndex < xml.length) {
    const at = token.lastIndex;
    const match = token.exec(xml);
    if (!match) throw new Error(`not well-formed at: ${xml.slice(at, at + 80)}`);
    const [, isEnd, name, attributes, isEmpty, text] = match;
    const open = stack.at(-1) ?? top;
    if (text !== undefined) open.text += unescaped(text);
    if (name === undefined) continue;
    if (isEnd) {
      if (stack.pop()?.name !== name) throw new Error(`</${name}> closes <${open.name}>`);
      continue;
    }
    const element: Open = { name, attributes: readAttributes(attributes), children: [], text: '' };
    open.children.push(element);
    if (!isEmpty) stack.push(element);
  }
  const [root] = top.children;
  if (stack.length > 1 || top.children.length !== 1 || !root) throw new Error('not one element');
  return root;
}

/** Every element of that name, at any depth. */
export function elements(root: XmlElement, name: string): readonly XmlElement[] {
  return [
    ...(root.name === name ? [root] : []),
    ...root.children.flatMap((child) => elements(child, name)),
  ];
}

export function texts(root: XmlElement, name: string): readonly string[] {
  return elements(root, name).map(({ text }) => text);
}

function readAttributes(written = ''): Readonly<Record<string, string>> {
  const found = [...written.matchAll(/([\w:.-]+)="([^"]*)"/g)];
  const names = found.map(([, name]) => name);
  if (new Set(names).size < names.length) throw new Error(`an attribute twice: ${written}`);
  return Object.fromEntries(found.map(([, name = '', value = '']) => [name, unescaped(value)]));
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };

function unescaped(text: string): string {
  return text.replace(/&(?:#(\d+)|(\w+));|&/g, (whole, code?: string, name?: string) => {
    const character = code ? String.fromCodePoint(Number(code)) : entities[name ?? ''];
    if (character === undefined) throw new Error(`no such entity: ${whole}`);
    return character;
  });
}

function assertByXmllint(xml: string): void {
  const { error, status, stderr } = spawnSync('xmllint', ['--noout', '--nonet', '-'], {
    input: xml,
    encoding: 'utf8',
  });
  if (!error && status !== 0) throw new Error(stderr);
}
