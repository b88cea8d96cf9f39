import { cleanup, configure, fireEvent, render, screen } from './dom';
import { afterEach, beforeEach, vi } from 'vitest';
import type { Meeting } from '../../sdk';
import { FakeServer } from '../../sdk/testing/fakeServer';
import { MeetingApp } from '../room/MeetingApp';
import { devices, stubBrowser } from './browser';

/** A meeting page in front of a server in memory, made anew for each test. */
export interface Stage {
    readonly server: FakeServer;
    /** The page as somebody opens it, who may have the host link. */
    open(hostToken?: string): void;
    enter(name: string, code: string): void;
    /** Johannes is in the room. */
    join(options?: { readonly host?: boolean }): Promise<void>;
    /** Somebody else in the same room, through the SDK alone. */
    other(name: string, options?: { readonly host?: boolean }): Promise<Meeting>;
}

export function useStage(): Stage {
    // A busy machine is slow, not wrong.
    configure({ asyncUtilTimeout: 8_000 });
    let server: FakeServer;

    beforeEach(() => {
        localStorage.clear();
        sessionStorage.clear();
        server = new FakeServer();
        stubBrowser();
        devices();
    });

    afterEach(() => {
        cleanup();
        vi.unstubAllGlobals();
        vi.restoreAllMocks();
    });

    const stage: Stage = {
        get server() {
            return server;
        },
        open(hostToken) {
            const host = hostToken === undefined ? {} : { hostToken };
            render(<MeetingApp roomId={server.roomId} join={(entry, options) =>
                server.client().join({ roomId: server.roomId, ...entry, ...host, ...options })} />);
        },
        enter(name, code) {
            fireEvent.change(screen.getByTestId('name-input'), { target: { value: name } });
            fireEvent.change(screen.getByTestId('code-input'), { target: { value: code } });
            fireEvent.click(screen.getByTestId('join-button'));
        },
        async join({ host = false } = {}) {
            stage.open(host ? server.hostToken : undefined);
            stage.enter('Johannes', server.code);
            await screen.findByTestId('room');
        },
        other: (name, { host = false } = {}) => server.client().join({ roomId: server.roomId, code: server.code, name,
            ...(host && { hostToken: server.hostToken }) }),
    };
    return stage;
}

export function press(key: string, target: Element = document.body): void {
    fireEvent.keyDown(target, { key });
}
