import { meetingPath } from '../lib/invitation';
import { roomCodes } from '../lib/storage';
import { Brand } from '../ui/Brand';
import { Notice } from '../ui/Notice';
import { PlusIcon } from '../ui/icons';
import { JoinForm } from './JoinForm';
import { RoomReady } from './RoomReady';
import { Scene } from './Scene';
import { useCreateRoom } from './useCreateRoom';

export function HomePage({ navigate = (path: string) => window.location.assign(path) }) {
    const { state, create } = useCreateRoom();

    const go = (roomId: string, code: string | undefined) => {
        if (code !== undefined) {
            roomCodes.remember(roomId, code);
        }
        navigate(meetingPath(roomId));
    };

    return (
        <div className="page">
            <header className="page__header"><Brand href="/" /></header>
            <main className="home">
                <div className="home__intro">
                    <h1 className="home__title">Meet face to face, right in the browser</h1>
                    <p className="home__lead">
                        Video, screen sharing and chat for your team, family or class. Share a link and a six-digit code: no account,
                        nothing to install.
                    </p>
                    {state.step === 'ready'
                        ? <RoomReady link={state.room.link} code={state.room.code}
                                onGo={() => go(state.room.roomId, state.room.code)} />
                        : (
                            <div className="home__actions">
                                <button type="button" className="button button--primary button--wide home__new" data-testid="create-room"
                                    disabled={state.step === 'creating'} onClick={create}>
                                    {state.step === 'creating' ? <span className="spinner" aria-hidden="true" /> : <PlusIcon />}
                                    {state.step === 'creating' ? 'Setting up your meeting…' : 'New meeting'}
                                </button>
                                {state.step === 'failed' && <Notice tone="danger" testId="create-error">{state.message}</Notice>}
                                <div className="home__or" aria-hidden="true">or</div>
                                <JoinForm onJoin={go} />
                            </div>
                        )}
                </div>
                <Scene />
            </main>
            <footer className="page__footer">
                <span>Encrypted between your browser and this server</span>
                <span>Open source</span>
            </footer>
        </div>
    );
}
