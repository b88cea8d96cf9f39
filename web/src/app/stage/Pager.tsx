import { useT } from '../i18n';
import type { Rect } from '../lib/layout';
import { NextIcon, PreviousIcon } from '../ui/stageIcons';

interface Props {
    readonly rect: Rect;
    readonly page: number;
    readonly pages: number;
    readonly onTurn: (page: number) => void;
}

/** To the people who are not on this page. */
export function Pager({ rect, page, pages, onTurn }: Props) {
    const t = useT();
    return (
        <nav className="pager" aria-label={t('stage.pagesLabel')} data-testid="pager"
            style={{ width: rect.width, height: rect.height, transform: `translate(${rect.x}px, ${rect.y}px)` }}>
            <button type="button" className="icon-button" aria-label={t('stage.previous')} title={t('stage.previous')}
                data-testid="previous-page" disabled={page === 0} onClick={() => onTurn(page - 1)}>
                <PreviousIcon />
            </button>
            <span className="pager__text" role="status">
                <span className="visually-hidden">{t('stage.pages', { page: page + 1, pages })}</span>
                <span aria-hidden="true">{page + 1} / {pages}</span>
            </span>
            <button type="button" className="icon-button" aria-label={t('stage.next')} title={t('stage.next')}
                data-testid="next-page" disabled={page === pages - 1} onClick={() => onTurn(page + 1)}>
                <NextIcon />
            </button>
        </nav>
    );
}
