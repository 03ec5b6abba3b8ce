import { describe, expect, it } from 'vitest';
import { classOfAgent } from '../../../catalog/usage/robots.ts';

const chrome =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36';

describe('the class of an agent', () => {
  it.each([
    {
      agent: 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
      is: 'robot',
    },
    { agent: 'Mozilla/5.0 AppleWebKit/537.36 (compatible; bingbot/2.0)', is: 'robot' },
    {
      agent: 'Mozilla/5.0 (compatible; coccocbot-web/1.0; +http://help.coccoc.com/searchengine)',
      is: 'robot',
    },
    { agent: 'AhrefsBot/7.0', is: 'robot' },
    { agent: 'UptimeRobot/2.0 monitor', is: 'robot' },
    { agent: 'heritrix/3.4', is: 'robot', because: 'COUNTER lists it' },
    { agent: 'Xenu Link Sleuth/1.3.8', is: 'robot', because: 'COUNTER lists it' },
    { agent: 'Mozilla/5.0', is: 'robot', because: 'no browser says just that' },
    { agent: chrome, is: 'browser' },
    { agent: `${chrome} coc_coc_browser/120`, is: 'browser' },
    {
      agent:
        'Mozilla/5.0 (Linux; Android 13; motorola edge 30) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36',
      is: 'browser',
      because: 'one pattern of COUNTER is left out',
    },
    { agent: 'curl/8.5.0', is: 'program' },
    { agent: 'python-requests/2.31', is: 'program' },
    { agent: 'node', is: 'program' },
    { agent: 'ckanapi/4.8', is: 'program' },
    { agent: 'Wget/1.21', is: 'program' },
    {
      agent: 'libwww-perl/6.77',
      is: 'robot',
      because: 'COUNTER lists it, and it is no tool of ours',
    },
    { agent: '', is: 'program' },
  ])('is $is for $agent', ({ agent, is }) => {
    expect(classOfAgent(agent)).toBe(is);
  });
});
