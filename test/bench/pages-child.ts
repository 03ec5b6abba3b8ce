import { readFile } from 'node:fs/promises';
import { Agent, get } from 'node:http';
import { percentile, report } from './measure.ts';

/*
 * pages-child URL FILE once|by-turns: asks for the paths of a file, one a line, over 32 connections that stay open,
 * each path once or by turns for five seconds after a second to warm up. Tells how many were answered a second, and
 * how many milliseconds 99 of 100 took at most.
 */

const [baseURL = '', file = '', mode = 'by-turns'] = process.argv.slice(2);
const connections = 32;
const measuredMs = 5000;
const warmUpMs = 1000;
const paths = (await readFile(file, 'utf8')).trim().split('\n');
const agent = new Agent({ keepAlive: true, maxSockets: connections });
const headers = { Accept: 'text/html', 'User-Agent': 'Mozilla/5.0 (bench)' };
let next = 0;

if (mode === 'by-turns') {
  // Every page was asked for once: what is measured is what people find who do not come first.
  await askAll(() => next < paths.length);
  await askAll(before(warmUpMs));
}
const began = performance.now();
const latencies = await askAll(mode === 'once' ? () => next < paths.length : before(measuredMs));
report({
  perSecond: latencies.length / ((performance.now() - began) / 1000),
  p99: percentile(latencies, 0.99),
});
agent.destroy();

function before(ms: number): () => boolean {
  const until = performance.now() + ms;
  return () => performance.now() < until;
}

/** Asks for as long as there is reason to; gives how long each answer took. */
async function askAll(goesOn: () => boolean): Promise<readonly number[]> {
  const found: number[] = [];
  const connection = async () => {
    while (goesOn()) {
      const start = performance.now();
      const path = paths[next % paths.length] ?? '/';
      next += 1;
      await ask(path);
      found.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: connections }, connection));
  return found;
}

function ask(path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    get(baseURL + path, { agent, headers }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`${path}: ${response.statusCode}`));
      response.resume().on('end', resolve).on('error', reject);
    }).on('error', reject);
  });
}
