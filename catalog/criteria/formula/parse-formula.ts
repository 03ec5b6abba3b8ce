import type { Message } from '../../kernel/lang-text.ts';
import {
  type Comparison,
  deepestFormula,
  type Formula,
  type FunctionName,
  functions,
  longestFormula,
  mostDecimals,
  type Operator,
} from './formula.ts';
import { type FormulaProblem, readTokens, type Token } from './read-tokens.ts';

export type ParsedFormula =
  | { readonly formula: Formula; readonly problem?: undefined }
  | { readonly formula?: undefined; readonly problem: FormulaProblem };

/** Reads a formula; never throws. What is wrong with it is said with its place and a remedy. */
export function parseFormula(text: string): ParsedFormula {
  if (text.length > longestFormula) {
    return {
      problem: {
        position: longestFormula + 1,
        message: {
          vi: `Công thức dài ${text.length} ký tự; nhiều nhất là ${longestFormula}.`,
          en: `The formula has ${text.length} characters; ${longestFormula} at most.`,
        },
      },
    };
  }
  const read = readTokens(text);
  if ('problem' in read) return read;
  try {
    return { formula: parseTokens(read.tokens) };
  } catch (error) {
    if (error instanceof Refusal) return { problem: error.problem };
    throw error;
  }
}

/** How the parser leaves its depths; nobody outside sees it. */
class Refusal extends Error {
  readonly problem: FormulaProblem;
  constructor({ position }: Token, message: Message) {
    super(message.en);
    this.problem = { position, message };
  }
}

const comparisons = ['<', '<=', '=', '<>', '>=', '>'];

function parseTokens(tokens: readonly Token[]): Formula {
  let at = 0;
  let depth = 0;
  let isPrevious = false;

  const last = tokens[tokens.length - 1] as Token;
  const here = (): Token => tokens[at] ?? last;
  const isSign = (...signs: readonly string[]) =>
    here().kind === 'sign' && signs.includes(here().text);
  const next = (): Token => {
    const token = here();
    at += 1;
    return token;
  };
  const expect = (sign: string): void => {
    if (!isSign(sign)) throw new Refusal(here(), wanted(`"${sign}"`, `"${sign}"`, here()));
    at += 1;
  };
  const within = <Result>(work: () => Result): Result => {
    depth += 1;
    if (depth > deepestFormula) throw new Refusal(here(), tooDeep);
    const result = work();
    depth -= 1;
    return result;
  };

  const sum = (): Formula => chain(product, ['+', '-']);
  const product = (): Formula => chain(factor, ['*', '/']);
  const chain = (part: () => Formula, signs: readonly Operator[]): Formula => {
    let left = part();
    while (isSign(...signs)) {
      const operator = next().text as Operator;
      left = { kind: 'operation', operator, left, right: part() };
    }
    return left;
  };
  const factor = (): Formula => {
    if (!isSign('-')) return primary();
    at += 1;
    return within(() => ({ kind: 'negation', of: factor() }));
  };
  const primary = (): Formula => {
    const token = next();
    if (token.kind === 'number') return { kind: 'number', value: numberOf(token) };
    if (token.kind === 'name') return isSign('(') ? within(() => call(token)) : named(token);
    if (token.kind === 'sign' && token.text === '(') {
      const inner = within(sum);
      expect(')');
      return inner;
    }
    throw new Refusal(
      token,
      wanted('một số, một số đo hoặc "("', 'a number, a measure or "("', token),
    );
  };
  const named = (token: Token): Formula => {
    if (Object.hasOwn(functions, token.text) || token.text === 'if') {
      throw new Refusal(here(), wanted(`"(" sau ${token.text}`, `"(" after ${token.text}`, here()));
    }
    return { kind: 'measure', name: token.text };
  };
  const call = (token: Token): Formula => {
    expect('(');
    if (token.text === 'if') return choice();
    if (!Object.hasOwn(functions, token.text))
      throw new Refusal(token, unknownFunction(token.text));
    const name = token.text as FunctionName;
    const args = name === 'previous' ? [before(token)] : list();
    expect(')');
    const { least, most } = functions[name];
    if (args.length < least || args.length > most)
      throw new Refusal(token, wrongCount(name, args.length));
    return { kind: 'call', name, args };
  };
  const list = (): readonly Formula[] => {
    const args = [sum()];
    while (isSign(',')) {
      at += 1;
      args.push(sum());
    }
    return args;
  };
  const before = (token: Token): Formula => {
    if (isPrevious) throw new Refusal(token, previousTwice);
    isPrevious = true;
    const inner = sum();
    isPrevious = false;
    return inner;
  };
  const choice = (): Formula => {
    const left = sum();
    const sign = next();
    if (sign.kind !== 'sign' || !comparisons.includes(sign.text)) {
      throw new Refusal(
        sign,
        wanted('phép so sánh (< <= = <> >= >)', 'a comparison (< <= = <> >= >)', sign),
      );
    }
    const right = sum();
    expect(',');
    const then = sum();
    expect(',');
    const otherwise = sum();
    expect(')');
    return { kind: 'choice', left, comparison: sign.text as Comparison, right, then, otherwise };
  };

  const formula = sum();
  if (here().kind !== 'end')
    throw new Refusal(here(), wanted('một phép tính', 'an operator', here()));
  return formula;
}

function numberOf(token: Token): number {
  const value = Number(token.text);
  const [, decimals = ''] = token.text.split('.');
  if (value <= Number.MAX_SAFE_INTEGER && decimals.length <= mostDecimals) return value;
  throw new Refusal(token, {
    vi: `Số ${token.text.slice(0, 20)}… quá lớn hoặc có quá ${mostDecimals} chữ số thập phân.`,
    en: `The number ${token.text.slice(0, 20)}… is too great, or has more than ${mostDecimals} decimals.`,
  });
}

function wanted(vi: string, en: string, found: Token): Message {
  const isEnd = found.kind === 'end';
  return {
    vi: `Ở đây cần ${vi}, mà ${isEnd ? 'công thức đã hết' : `thấy "${found.text}"`}.`,
    en: `Here ${en} is needed, but ${isEnd ? 'the formula ends' : `there is "${found.text}"`}.`,
  };
}

const tooDeep: Message = {
  vi: `Quá ${deepestFormula} lớp ngoặc lồng nhau; hãy viết gọn lại.`,
  en: `More than ${deepestFormula} parentheses within each other; write it more simply.`,
};

const previousTwice: Message = {
  vi: 'previous không đặt trong previous: chỉ so được với kỳ liền trước.',
  en: 'previous does not go into previous: only the period just before can be compared.',
};

function unknownFunction(name: string): Message {
  const known = [...Object.keys(functions), 'if'].join(', ');
  return {
    vi: `Không có hàm "${name}"; các hàm: ${known}.`,
    en: `There is no function "${name}"; there are: ${known}.`,
  };
}

function wrongCount(name: FunctionName, count: number): Message {
  const { least, most } = functions[name];
  const range = least === most ? String(least) : `${least}–${most}`;
  return {
    vi: `Hàm ${name} nhận ${range} giá trị, ở đây có ${count}; giá trị cách nhau bằng dấu phẩy, số thập phân viết bằng dấu chấm.`,
    en: `${name} takes ${range} values and was given ${count}; values are parted by commas, decimals written with a point.`,
  };
}
