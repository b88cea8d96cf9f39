import { useState } from 'react';
import { parleyClient } from '../lib/client';
import { errorText } from '../lib/errorText';

export interface CreatedRoom {
    readonly roomId: string;
    readonly link: string;
    readonly code: string;
    /** Makes whoever has it the host. */
    readonly hostToken: string;
    readonly hostLink: string;
}

export type CreateState =
    | { readonly step: 'idle' }
    | { readonly step: 'creating' }
    | { readonly step: 'ready'; readonly room: CreatedRoom }
    | { readonly step: 'failed'; readonly message: string };

async function createRoom(): Promise<CreatedRoom> {
    return (await parleyClient()).createRoom();
}

export function useCreateRoom(createWith: () => Promise<CreatedRoom> = createRoom) {
    const [state, setState] = useState<CreateState>({ step: 'idle' });

    const create = () => {
        setState({ step: 'creating' });
        createWith().then(
            (room) => setState({ step: 'ready', room }),
            (error: unknown) => setState({ step: 'failed', message: errorText(error) }),
        );
    };
    return { state, create };
}
