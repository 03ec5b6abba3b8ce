import { describe, expect, it } from 'vitest';
import { isRobot } from '../../../catalog/usage/robots.ts';

describe('a robot', () => {
  it.each([
    {
      agent: 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
      robot: true,
    },
    { agent: 'Mozilla/5.0 AppleWebKit/537.36 (compatible; bingbot/2.0)', robot: true },
    { agent: 'AhrefsBot/7.0', robot: true },
    { agent: 'UptimeRobot/2.0 monitor', robot: true },
    {
      agent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/120 Safari/537.36',
      robot: false,
    },
    { agent: 'curl/8.5.0', robot: false },
    { agent: 'python-requests/2.31', robot: false },
    { agent: 'node', robot: false },
    { agent: 'ckanapi/4.8', robot: false },
    { agent: undefined, robot: false },
  ])('is $agent: $robot', ({ agent, robot }) => {
    expect(isRobot(agent)).toBe(robot);
  });
});
