import { useT } from '../i18n';
import { checkPath, meetingPath } from '../lib/invitation';
import { usePageTitle } from '../lib/usePageTitle';
import { hostTokens, roomCodes } from '../lib/storage';
import { PageHeader } from '../ui/PageHeader';
import { Notice } from '../ui/Notice';
import { PlusIcon } from '../ui/icons';
import { JoinForm } from './JoinForm';
import { RoomReady } from './RoomReady';
import { Scene } from './Scene';
import { useCreateRoom, type CreatedRoom } from './useCreateRoom';

export function HomePage({ navigate = (path: string) => window.location.assign(path) }) {
    const t = useT();
    const { state, create } = useCreateRoom();

    usePageTitle(t('home.pageTitle'));

    const go = (roomId: string, code: string | undefined) => {
        if (code !== undefined) {
            roomCodes.remember(roomId, code);
        }
        navigate(meetingPath(roomId));
    };

    const goAsHost = ({ roomId, code, hostToken }: CreatedRoom) => {
        hostTokens.remember(roomId, hostToken);
        go(roomId, code);
    };

    return (
        <div className="page">
            <PageHeader />
            <main className="home">
                <div className="home__intro">
                    <h1 className="home__title">{t('home.title')}</h1>
                    <p className="home__lead">{t('home.lead')}</p>
                    {state.step === 'ready'
                        ? <RoomReady link={state.room.link} code={state.room.code}
                                hostLink={state.room.hostLink} onGo={() => goAsHost(state.room)} />
                        : (
                            <div className="home__actions">
                                <button type="button" className="button button--primary button--wide home__new" data-testid="create-room"
                                    disabled={state.step === 'creating'} onClick={create}>
                                    {state.step === 'creating' ? <span className="spinner" aria-hidden="true" /> : <PlusIcon />}
                                    {t(state.step === 'creating' ? 'home.creating' : 'home.new')}
                                </button>
                                {state.step === 'failed' && <Notice tone="danger" testId="create-error">{state.message}</Notice>}
                                <div className="home__or" aria-hidden="true">{t('home.or')}</div>
                                <JoinForm onJoin={go} />
                            </div>
                        )}
                </div>
                <Scene />
            </main>
            <footer className="page__footer">
                <span>{t('home.encrypted')}</span>
                <span>{t('home.openSource')}</span>
                <a className="page__link" href={checkPath()} data-testid="check-link">{t('common.checkConnection')}</a>
            </footer>
        </div>
    );
}
