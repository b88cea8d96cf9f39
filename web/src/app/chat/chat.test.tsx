// @vitest-environment jsdom
import { act, fireEvent, screen, waitFor } from '../testing/dom';
import { describe, expect, test, vi } from 'vitest';
import { press, useStage } from '../testing/meeting';

const stage = useStage();
const { join, other } = stage;

const texts = () => screen.getAllByTestId('chat-message').map((message) => message.textContent);

async function write(text: string): Promise<void> {
    fireEvent.change(await screen.findByTestId('chat-input'), { target: { value: text } });
    fireEvent.click(screen.getByTestId('chat-send'));
}

function choose(name: string): void {
    const select = screen.getByTestId<HTMLSelectElement>('chat-recipient');
    const option = [...select.options].find(({ text }) => text === name);
    fireEvent.change(select, { target: { value: option?.value } });
}

describe('the chat', () => {
    test('shows text as text, counts what is unread, and marks one’s own', async () => {
        await join();
        const ann = await other('Ann');
        await act(async () => void await ann.sendChat('<img src=x onerror=alert(1)>'));
        await waitFor(() => expect(screen.getByTestId('chat-button-badge').textContent).toBe('1'));
        fireEvent.click(screen.getByTestId('chat-button'));
        expect(screen.queryByTestId('chat-button-badge')).toBeNull();
        const field = await screen.findByTestId('chat-input');
        expect(document.activeElement).toBe(field);
        fireEvent.change(field, { target: { value: 'one\ntwo' } });
        fireEvent.keyDown(field, { key: 'Enter', shiftKey: true });
        expect(screen.getAllByTestId('chat-message')).toHaveLength(1);
        fireEvent.keyDown(field, { key: 'Enter' });
        await waitFor(() => expect(screen.getAllByTestId('chat-message').map((message) => [message.textContent, message.dataset['own']]))
            .toEqual([['<img src=x onerror=alert(1)>', 'false'], ['one\ntwo', 'true']]));
        expect(document.querySelector('img')).toBeNull();
    });

    test('Escape closes the panel and gives the focus back to its button; a draft is kept', async () => {
        await join();
        press('c');
        fireEvent.change(await screen.findByTestId('chat-input'), { target: { value: 'half a thou' } });
        press('Escape', screen.getByTestId('chat-input'));
        expect(screen.queryByTestId('chat-panel')).toBeNull();
        expect(document.activeElement).toBe(screen.getByTestId('chat-button'));
        press('c');
        expect((await screen.findByTestId<HTMLTextAreaElement>('chat-input')).value).toBe('half a thou');
    });

    test('makes addresses clickable, opens them apart, and nothing else', async () => {
        await join();
        const ann = await other('Ann');
        press('c');
        await act(async () => void await ann.sendChat('See https://example.org/a, not javascript:alert(1)'));
        const links = (await screen.findByTestId('chat-message')).querySelectorAll('a');
        expect([...links].map((link) => [link.href, link.target, link.rel]))
            .toEqual([['https://example.org/a', '_blank', 'noopener noreferrer nofollow']]);
    });
});

describe('what is sent', () => {
    test('says that it is on its way and that it has arrived', async () => {
        await join();
        press('c');
        stage.server.mute.add('chat');
        await write('hello');
        expect((await screen.findByTestId('chat-pending')).dataset['state']).toBe('sending');
        expect(screen.queryByTestId('chat-sent')).toBeNull();
        stage.server.mute.delete('chat');
        act(() => stage.server.sockets.at(-1)?.drop());
        expect(await screen.findByTestId('chat-sent')).toBeTruthy();
        await waitFor(() => expect(screen.queryByTestId('chat-pending')).toBeNull());
        expect(texts()).toEqual(['hello']);
    });

    test('and refused stays with the reason, until it is sent again or discarded', async () => {
        await join();
        press('c');
        const refusing = vi.spyOn(stage.server, 'answer').mockReturnValue({ ok: false, code: 'request/too-many', message: 'Too fast.' });
        await write('hello');
        await write('forget me');
        const retries = await waitFor(() => {
            const found = screen.getAllByTestId('chat-retry');
            expect(found).toHaveLength(2);
            return found;
        });
        expect(screen.getAllByTestId('chat-pending')[0]?.textContent).toMatch(/Not sent\. .*Wait a moment/);
        refusing.mockRestore();
        fireEvent.click(screen.getAllByTestId('chat-discard')[1] as HTMLElement);
        fireEvent.click(retries[0] as HTMLElement);
        await waitFor(() => expect(screen.queryByTestId('chat-pending')).toBeNull());
        expect(texts()).toEqual(['hello']);
    });
});

describe('private messages', () => {
    test('reach one person alone, and say so on both sides', async () => {
        await join();
        const ann = await other('Ann');
        const bob = await other('Bob');
        press('c');
        await screen.findByTestId('chat-input');
        await waitFor(() => expect(screen.getByTestId<HTMLSelectElement>('chat-recipient').options).toHaveLength(3));
        choose('Ann');
        await write('between us');
        await waitFor(() => expect(screen.getByTestId('chat-message').dataset['private']).toBe('true'));
        expect(screen.getByText('You to Ann, private')).toBeTruthy();
        await waitFor(() => expect(ann.getSnapshot().chat.map(({ text }) => text)).toEqual(['between us']));
        expect(bob.getSnapshot().chat).toEqual([]);
        const self = bob.getSnapshot().participants.find(({ name }) => name === 'Johannes');
        await act(async () => void await bob.sendChat('psst', { to: self?.id ?? '' }));
        expect(await screen.findByText('Bob to you, private')).toBeTruthy();
    });

    test('never go to all when the person has left', async () => {
        await join();
        const ann = await other('Ann');
        await other('Bob');
        press('c');
        await screen.findByTestId('chat-recipient');
        choose('Ann');
        await act(() => ann.leave());
        await screen.findByText('Ann (left)');
        await write('secret');
        expect(screen.getByTestId('chat-error').textContent).toMatch(/Ann has left/);
        expect(stage.server.chat).toEqual([]);
        expect(screen.getByTestId<HTMLTextAreaElement>('chat-input').value).toBe('secret');
    });
});

describe('files', () => {
    const give = async (...files: File[]) => fireEvent.change(await screen.findByTestId('chat-file-input'), { target: { files } });

    test('are offered to everybody, as something to save', async () => {
        await join();
        press('c');
        await give(new File(['hello'], 'plan.txt', { type: 'text/plain' }));
        const link = await screen.findByTestId<HTMLAnchorElement>('chat-file');
        expect(link.textContent).toMatch(/plan\.txt.*5 byte/);
        expect([link.download, link.rel, link.protocol]).toEqual(['plan.txt', 'noopener noreferrer', 'http:']);
    });

    test('say how large they may be, and are refused here when they are larger', async () => {
        await join();
        press('c');
        const limit = (await screen.findByTestId('chat-attach')).title;
        expect(limit).toMatch(/up to 1 kB/);
        const large = new File(['x'], 'film.mp4');
        Object.defineProperty(large, 'size', { value: 10 ** 12 });
        await give(large);
        expect(screen.getByTestId('chat-error').textContent).toMatch(/film\.mp4 is too large/);
        expect(screen.queryByTestId('chat-pending')).toBeNull();
    });
});

test('an emoji goes where the cursor is, and the field has the focus again', async () => {
    await join();
    press('c');
    const field = await screen.findByTestId<HTMLTextAreaElement>('chat-input');
    fireEvent.change(field, { target: { value: 'a b' } });
    field.setSelectionRange(1, 2);
    fireEvent.click(screen.getByTestId('chat-emoji'));
    await screen.findByTestId('emoji-picker');
    fireEvent.click(screen.getByText('🎉'));
    expect(field.value).toBe('a🎉b');
    expect(document.activeElement).toBe(field);
    expect(screen.queryByTestId('emoji-picker')).toBeNull();
});
