import { expect, test } from 'vitest';
import { deviceText } from './deviceText';

test('one device and both are named as people would', () => {
    expect(deviceText({ kind: 'denied', devices: ['camera'] }).title).toBe('Your camera is blocked');
    expect(deviceText({ kind: 'denied', devices: ['camera', 'microphone'] }).title).toBe('Your camera and microphone are blocked');
    expect(deviceText({ kind: 'missing', devices: ['camera', 'microphone'] }).title).toBe('No camera or microphone was found');
});

test.each(['denied', 'missing', 'busy', 'insecure', 'unknown'] as const)('says what to do about a device that is %s', (kind) => {
    expect(deviceText({ kind, devices: ['microphone'] }).advice).toMatch(/^[A-Z].+\.$/);
});
