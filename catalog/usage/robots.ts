import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isbot } from 'isbot';
import { schemasFolder } from '../model/schemas.ts';

interface RobotList {
  readonly robot: readonly string[];
  readonly machine: readonly string[];
}

const counter = JSON.parse(
  readFileSync(join(schemasFolder, 'robots', 'counter.json'), 'utf8'),
) as RobotList;

// Programs that people fetch data with. The lists count many of them as robots; to a data publisher a script that
// downloads a file is a reader like any other.
const tools =
  /^(curl|wget|aria2|libcurl|python-requests|python-urllib|python-httpx|python|aiohttp|node|node-fetch|undici|axios|got|go-http-client|okhttp|java|apache-httpclient|r\b|httr|ckanapi|postmanruntime|insomnia|httpie|powershell|mozilla\/5\.0 \(windows nt; windows nt [\d.]+; [\w-]+\) windowspowershell|microsoft office|microsoft\.data\.mashup|qgis|ruby|rust|reqwest)/i;
const crawler = /bot\b|crawl|spider|slurp|scan|monitor|preview/i;
const listed = new RegExp(counter.robot.join('|'), 'i');
const machines = new RegExp(counter.machine.join('|'), 'i');

/** Who is at the other end: a person's browser, a program that somebody runs, or a robot that nobody sent for this. */
export type AgentClass = 'browser' | 'program' | 'robot';

/**
 * The class of a User-Agent, by COUNTER's list and isbot. Whoever sends none is a program.
 *
 * @see COUNTER Code of Practice R5.1 §7.8; Code of Practice for Research Data 1.0.1 §10, which counts machines apart
 */
export function classOfAgent(agent: string): AgentClass {
  const known = remembered.get(agent);
  if (known !== undefined) return known;
  if (remembered.size >= mostRemembered) remembered.clear();
  const found = classify(agent);
  remembered.set(agent, found);
  return found;
}

/** Agents repeat, and the lists are long. In memory only, for as long as the process lives. */
const remembered = new Map<string, AgentClass>();
const mostRemembered = 2000;

function classify(agent: string): AgentClass {
  if (agent === '') return 'program';
  if (crawler.test(agent)) return 'robot';
  if (tools.test(agent)) return 'program';
  if (listed.test(agent)) return 'robot';
  if (machines.test(agent)) return 'program';
  return isbot(agent) ? 'robot' : 'browser';
}
