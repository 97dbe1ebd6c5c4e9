//! A board as one reader may see it: without the people from whom the reader stays away, and with
//! numbers that count only what the reader sees, so that nothing tells that there is more.

use std::collections::BTreeSet;

use tandem_domain::board::Board;
use tandem_domain::id::{ApplicationId, CommandId, ScenarioId};
use tandem_domain::recusal::{Recusal, without};

use crate::http::scene::Scene;
use crate::store::pairings::log::{self, Logged};
use crate::store::pairings::scenarios::Scenario;
use crate::store::pairings::{self, Placements};
use crate::store::{Stored, Tx, applications};

/// Who reads a board.
#[derive(Debug)]
pub struct Reader {
    hidden: BTreeSet<ApplicationId>,
}

impl Reader {
    /// The reader of a request.
    pub async fn of(tx: &Tx, scene: &Scene) -> Stored<Self> {
        let hidden = match &scene.actor.recusal {
            Recusal::None | Recusal::Whole => BTreeSet::new(),
            Recusal::From(people) => {
                let theirs = applications::of_people_in(tx, scene.cohort.id, people).await?;
                theirs.iter().map(|application| application.id).collect()
            }
        };
        Ok(Self { hidden })
    }

    fn sees_all(&self) -> bool {
        self.hidden.is_empty()
    }

    /// Whether the reader may see somebody.
    pub fn sees(&self, who: &ApplicationId) -> bool {
        !self.hidden.contains(who)
    }

    /// Takes those from a board whom the reader must not see.
    pub fn without_hidden(&self, board: Board) -> Board {
        if self.sees_all() {
            return board;
        }
        let Board {
            mut candidates,
            mut facts,
            placements,
            ..
        } = board;
        let is_seen = |id: &ApplicationId| !self.hidden.contains(id);
        candidates.retain(|id, _| is_seen(id));
        for pairs in [
            &mut facts.blocked,
            &mut facts.previous,
            &mut facts.forbidden,
        ] {
            pairs.retain(|(mentee, mentor)| is_seen(mentee) && is_seen(mentor));
        }
        Board::new(candidates.into_values(), facts, self.pairs(placements))
    }

    fn pairs(&self, placements: Placements) -> Placements {
        let is_seen = |id: &ApplicationId| !self.hidden.contains(id);
        let seen = placements.into_iter();
        seen.filter(|(mentee, place)| is_seen(mentee) && is_seen(&place.mentor))
            .collect()
    }

    /// How many pairs the reader sees on a board.
    pub async fn count_pairs(&self, tx: &Tx, scenario: ScenarioId) -> Stored<u32> {
        if self.sees_all() {
            return pairings::count_pairs(tx, scenario).await;
        }
        let seen = self.pairs(pairings::placements(tx, scenario).await?);
        Ok(u32::try_from(seen.len()).unwrap_or(u32::MAX))
    }

    /// The revision that the reader knows a board by.
    pub async fn rev(&self, tx: &Tx, scenario: &Scenario) -> Stored<i64> {
        if self.sees_all() {
            return Ok(scenario.rev);
        }
        let seen = self.log(tx, scenario.id).await?;
        Ok(seen.last().map_or(0, |logged| logged.rev))
    }

    /// The last commands, newest first.
    pub async fn recent(&self, tx: &Tx, scenario: ScenarioId, most: usize) -> Stored<Vec<Logged>> {
        if self.sees_all() {
            return log::recent(tx, scenario, most as u64).await;
        }
        let seen = self.log(tx, scenario).await?;
        Ok(seen.into_iter().rev().take(most).collect())
    }

    /// The commands after a revision, oldest first.
    pub async fn after(
        &self,
        tx: &Tx,
        (scenario, rev): (ScenarioId, i64),
        most: usize,
    ) -> Stored<Vec<Logged>> {
        if self.sees_all() {
            return log::after(tx, scenario, rev, most as u64).await;
        }
        let seen = self.log(tx, scenario).await?.into_iter();
        Ok(seen.filter(|logged| logged.rev > rev).take(most).collect())
    }

    /// The revision a command has for the reader; nothing if the reader does not see it.
    pub async fn rev_of(
        &self,
        tx: &Tx,
        scenario: ScenarioId,
        (command, rev): (CommandId, i64),
    ) -> Stored<Option<i64>> {
        if self.sees_all() {
            return Ok(Some(rev));
        }
        let seen = self.log(tx, scenario).await?;
        let found = seen.iter().find(|logged| logged.id == command);
        Ok(found.map(|logged| logged.rev))
    }

    /// How the reader counts a revision of the board: the last one not after it that they see.
    pub async fn counted(&self, tx: &Tx, scenario: ScenarioId, rev: i64) -> Stored<i64> {
        if self.sees_all() {
            return Ok(rev);
        }
        let seen = self.numbered(tx, scenario).await?;
        let up_to = seen.iter().take_while(|(own, _)| *own <= rev);
        Ok(up_to.last().map_or(0, |(_, logged)| logged.rev))
    }

    /// The revision of the board behind one that the reader counts; the newest behind one that is
    /// still to come.
    pub async fn meant(&self, tx: &Tx, scenario: &Scenario, rev: i64) -> Stored<i64> {
        if self.sees_all() {
            return Ok(rev.min(scenario.rev));
        }
        let seen = self.numbered(tx, scenario.id).await?;
        let up_to = seen.iter().take_while(|(_, logged)| logged.rev <= rev);
        Ok(up_to.last().map_or(0, |(own, _)| *own))
    }

    /// What the reader sees of the log, numbered anew without gaps.
    async fn log(&self, tx: &Tx, scenario: ScenarioId) -> Stored<Vec<Logged>> {
        let numbered = self.numbered(tx, scenario).await?.into_iter();
        Ok(numbered.map(|(_, logged)| logged).collect())
    }

    /// The same, each with the revision that the board has for it.
    async fn numbered(&self, tx: &Tx, scenario: ScenarioId) -> Stored<Vec<(i64, Logged)>> {
        let mut seen: Vec<(i64, Logged)> = Vec::new();
        let mut known: BTreeSet<CommandId> = BTreeSet::new();
        for logged in log::all(tx, scenario).await? {
            let told = without(
                &self.hidden,
                (&logged.command, &logged.inverse),
                &logged.effects,
            );
            let Some((command, inverse)) = told else {
                continue;
            };
            known.insert(logged.id);
            let logged_rev = logged.rev;
            let told = Logged {
                rev: i64::try_from(seen.len()).unwrap_or(i64::MAX) + 1,
                undoes: logged.undoes.filter(|undone| known.contains(undone)),
                command,
                inverse,
                ..logged
            };
            seen.push((logged_rev, told));
        }
        Ok(seen)
    }
}
