//! Instances drawn from a seed, the same on every machine.

/// What an instance looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// As many mentors as mentees, scores 0 to 999,999.
    Rand,
    /// As many mentors as mentees, scores 0 to 99: nearly everything is a tie.
    Ties,
    /// A mentoring program: places for all and a tenth to spare, mentors with up to three, scores
    /// 0 to 1000 from areas, stages, settings and zones, some pairs forbidden.
    Mentor,
    /// The same with a tenth of the places too few and most pairs forbidden.
    Scarce,
}

impl Kind {
    /// The kind of a name.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "rand" => Some(Self::Rand),
            "ties" => Some(Self::Ties),
            "mentor" => Some(Self::Mentor),
            "scarce" => Some(Self::Scarce),
            _ => None,
        }
    }
}

/// Scores of each mentee and places of each mentor.
pub struct Drawn {
    /// For each mentee one score for each mentor, or none if they may not be a pair.
    pub rows: Vec<Vec<Option<i32>>>,
    /// How many places each mentor has.
    pub capacity: Vec<u32>,
}

impl Drawn {
    /// Draws an instance.
    pub fn new(kind: Kind, n_mentees: u32, seed: u64) -> Self {
        let mut draws = Draws(seed);
        let n = u64::from(n_mentees);
        match kind {
            Kind::Rand => plain(&mut draws, n, 1_000_000),
            Kind::Ties => plain(&mut draws, n, 100),
            Kind::Mentor => program(&mut draws, n, n + n / 10, 200),
            Kind::Scarce => program(&mut draws, n, n - n / 10, 2),
        }
    }
}

fn plain(draws: &mut Draws, n: u64, span: u64) -> Drawn {
    let mut row = |_| (0..n).map(|_| Some(draws.score(span))).collect();
    Drawn {
        rows: (0..n).map(&mut row).collect(),
        capacity: (0..n).map(|_| 1).collect(),
    }
}

/// A program with so many places, in which one pair in `rarity` is forbidden by chance.
fn program(draws: &mut Draws, n: u64, n_places: u64, rarity: u64) -> Drawn {
    let mut capacity: Vec<u32> = Vec::new();
    let mut left = n_places;
    while left > 0 {
        let count = match draws.below(5) {
            0..=2 => 1,
            3 => 2,
            _ => 3,
        };
        let count = left.min(count);
        capacity.push(u32::try_from(count).unwrap_or(1));
        left -= count;
    }
    let mentees: Vec<Person> = (0..n).map(|_| Person::new(draws, n)).collect();
    let mentors: Vec<Person> = capacity.iter().map(|_| Person::new(draws, n)).collect();
    let mut row = |mentee: &Person| {
        let scores = mentors
            .iter()
            .map(|mentor| mentee.fit(mentor, draws, rarity));
        scores.collect()
    };
    Drawn {
        rows: mentees.iter().map(&mut row).collect(),
        capacity,
    }
}

struct Person {
    areas: [u64; 3],
    stage: u64,
    setting: u64,
    zone: u64,
    employer: u64,
}

impl Person {
    fn new(draws: &mut Draws, n_people: u64) -> Self {
        Self {
            areas: [draws.below(8), draws.below(8), draws.below(8)],
            stage: draws.below(7),
            setting: draws.below(5),
            zone: draws.below(6),
            employer: draws.below(n_people / 4 + 4),
        }
    }

    /// How well a mentee and a mentor fit; none if they may not be a pair.
    fn fit(&self, mentor: &Self, draws: &mut Draws, rarity: u64) -> Option<i32> {
        let noise = draws.score(81);
        if self.employer == mentor.employer || draws.below(rarity) == 0 {
            return None;
        }
        let mut points = noise;
        for (area, worth) in self.areas.iter().zip([220, 130, 90]) {
            if mentor.areas.contains(area) {
                points += worth;
            }
        }
        points += match mentor.stage.checked_sub(self.stage) {
            None => 0,
            Some(0) => 50,
            Some(1 | 3) => 130,
            Some(2) => 160,
            Some(_) => 80,
        };
        points += if self.setting == mentor.setting {
            150
        } else {
            30
        };
        points += match self.zone.abs_diff(mentor.zone) {
            0 => 170,
            1 => 125,
            2 => 80,
            3 => 35,
            _ => 0,
        };
        Some(points.min(1000))
    }
}

/// `SplitMix64`.
struct Draws(u64);

impl Draws {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }

    fn score(&mut self, span: u64) -> i32 {
        i32::try_from(self.below(span)).unwrap_or(0)
    }
}
