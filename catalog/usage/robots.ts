import { isbot } from 'isbot';

// Programs that people fetch data with. isbot counts every program that is no browser as a robot; to a data publisher
// a script that downloads a file is a reader like any other.
const tools =
  /^(curl|wget|aria2|libcurl|python-requests|python-urllib|python-httpx|python|aiohttp|node|node-fetch|undici|axios|got|go-http-client|okhttp|java|apache-httpclient|r\b|httr|ckanapi|postmanruntime|insomnia|httpie|powershell|mozilla\/5\.0 \(windows nt; windows nt [\d.]+; [\w-]+\) windowspowershell|microsoft office|microsoft\.data\.mashup|qgis|ruby|rust|reqwest)/i;
const crawler = /bot\b|crawl|spider|slurp|scan|monitor|preview/i;

/** Whether a User-Agent belongs to a robot that no person sent for this file: a crawler, a monitor, a link checker. */
export function isRobot(userAgent: string | undefined): boolean {
  if (!userAgent) return false;
  if (crawler.test(userAgent)) return true;
  return isbot(userAgent) && !tools.test(userAgent);
}
