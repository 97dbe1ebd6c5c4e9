//! What fictional applicants write: sentences that agree with who they are and what they want.

use super::draw::Draw;
use super::profile::{Profile, Side, Situation};

/// What an area is called in a sentence, what people find hard in it, and what they do in it.
struct Area {
    slug: &'static str,
    name: &'static str,
    hard: &'static str,
    done: &'static str,
}

const AREAS: [Area; 8] = [
    Area {
        slug: "career_development",
        name: "career development",
        hard: "deciding which of several paths to follow, and how to say so in an application",
        done: "sat on a dozen search committees and read more letters than I can count",
    },
    Area {
        slug: "leadership_management",
        name: "leadership and management",
        hard: "leading colleagues who used to be my peers, and saying no to work that is only urgent",
        done: "led a department through two reorganizations and one very small budget",
    },
    Area {
        slug: "cataloging_metadata",
        name: "cataloging and metadata",
        hard: "choosing what to describe well when there is time for only half of it",
        done: "moved a catalog between systems twice and lived to clean up after both",
    },
    Area {
        slug: "acquisitions",
        name: "acquisitions",
        hard: "keeping standing orders, approval plans and the fiscal year in step",
        done: "rebuilt an approval plan and its accounts from the ground up",
    },
    Area {
        slug: "electronic_resources",
        name: "electronic resources",
        hard: "reading a license before it is signed and a usage report before it is believed",
        done: "negotiated licenses for a group of libraries and explained them to faculty",
    },
    Area {
        slug: "collection_management",
        name: "collection management",
        hard: "explaining to the people who loved a book why it is going to storage",
        done: "run a review of journals that pleased nobody equally",
    },
    Area {
        slug: "preservation",
        name: "preservation",
        hard: "setting priorities when everything is brittle and the freezer is full",
        done: "written a disaster plan and then, one spring, needed it",
    },
    Area {
        slug: "public_librarianship",
        name: "public librarianship",
        hard: "serving a town that needs more than the building has hours for",
        done: "opened a branch, closed one, and learned more from the second",
    },
];

fn area(slug: &str) -> &'static Area {
    AREAS
        .iter()
        .find(|area| area.slug == slug)
        .unwrap_or(&AREAS[0])
}

fn joined(slugs: &[String]) -> String {
    let names: Vec<_> = slugs.iter().map(|slug| area(slug).name).collect();
    match names.as_slice() {
        [] => "librarianship".to_owned(),
        [one] => (*one).to_owned(),
        [first, second] => format!("{first} and {second}"),
        [first, second, third, ..] => format!("{first}, {second} and {third}"),
    }
}

/// "Where you are and why now": between 50 and 250 words.
pub fn of_mentee(profile: &Profile) -> String {
    let mut draw = Draw::named(&format!("statement {}", profile.reference));
    let Side::Mentee { wants, .. } = &profile.side else {
        return String::new();
    };
    let first = area(wants.first().map_or("", String::as_str));
    let sentences = [
        here(profile, &mut draw),
        format!("What I find hard is {}.", first.hard),
        tried(profile, &mut draw),
        if wants.len() > 1 {
            format!("I would like to work on {} this year, in that order.", joined(wants))
        } else {
            format!("I would like to keep to {} this year and do it properly.", first.name)
        },
        draw.one(&[
            "I learn best from somebody who asks what I have tried and then tells me what they would have done.",
            "I do not need a plan for ten years; I need somebody who can tell a detour from a dead end.",
            "Most of all I want to hear how the work looks from another place than mine.",
            "An honest reader for what I write, and for what I decide, would be worth more to me than advice in general.",
        ])
        .to_owned(),
        now(profile, &mut draw),
    ];
    sentences.join(" ")
}

fn here(profile: &Profile, draw: &mut Draw) -> String {
    let place = profile.institution.clone().unwrap_or_default();
    match profile.situation {
        Situation::Student => format!(
            "I am in the library program of {place} and work on most of it in the evenings, after a job outside libraries."
        ),
        Situation::Between => "I left my last position when its grant ended and am applying again, \
                               more slowly and more carefully than the first time."
            .to_owned(),
        Situation::Vendor => format!(
            "I work for {place}, where I answer libraries all day and miss being inside one."
        ),
        Situation::Faculty => format!("I teach at {place} and want to keep close to practice."),
        Situation::Library => draw
            .one(&[
                "I work at PLACE, where two departments have just been merged and most habits are up for discussion.",
                "At PLACE I do a little of everything, which is a good way to learn and a poor way to finish.",
                "I have been at PLACE long enough to know where things are and not long enough to know why.",
                "PLACE hired me to keep a service running, and I would like to be able to change it as well.",
            ])
            .replace("PLACE", &place),
    }
}

fn tried(profile: &Profile, draw: &mut Draw) -> String {
    let tried: &[&str] = match profile.years {
        "student" => &[
            "So far I have read what the courses assign, talked to two librarians, and found that they disagree.",
            "I have taken the elective that touches it and came out with better questions than answers.",
        ],
        "1-2" | "3-5" => &[
            "I have taken two online courses and written down what I would do; what is missing is somebody to tell me whether it would work here.",
            "I asked my colleagues, who are generous and busy, and I have reached the end of what we know between us.",
        ],
        _ => &[
            "I have done it the way it was done before me for years, and want to find out which parts of that were reasons and which were habits.",
            "I know how to do the work and am less sure how to explain its value to people who decide budgets.",
        ],
    };
    draw.one(tried).to_owned()
}

fn now(profile: &Profile, draw: &mut Draw) -> String {
    if profile.carried_over {
        return "I applied last year and could not be paired; the question has not gone away, so I ask again.".to_owned();
    }
    draw.one(&[
        "Why now: there is a decision coming in the summer that I would like to make on purpose.",
        "Why now: I have ten months in which my duties will stay roughly what they are, and that is rare.",
        "Why now: a colleague took part in the first year of the program and still talks about it.",
    ])
    .to_owned()
}

/// "What would you like a mentee to know about you": between 40 and 200 words.
pub fn of_mentor(profile: &Profile) -> String {
    let mut draw = Draw::named(&format!("statement {}", profile.reference));
    let Side::Mentor {
        teaches, before, ..
    } = &profile.side
    else {
        return String::new();
    };
    let first = area(teaches.first().map_or("", String::as_str));
    let place = profile.institution.clone().unwrap_or_default();
    let here = match profile.situation {
        Situation::Vendor => {
            format!("I work for {place} and sat on the library's side of the table before.")
        }
        Situation::Faculty => {
            format!("I teach at {place} and still think of myself as a practitioner on loan.")
        }
        _ => format!("I work at {place} and have for some time."),
    };
    let sentences = [
        here,
        format!("In {} I have {}.", first.name, first.done),
        format!(
            "I can talk about {} without notes, and about their limits too.",
            joined(teaches)
        ),
        draw.one(&[
            "I ask a good many questions before I say what I would do.",
            "I read drafts quickly and say what I think, kindly.",
            "I like to agree at the end of each talk on one small thing to try before the next.",
            "I am glad to introduce people to each other; most of what I know came that way.",
        ])
        .to_owned(),
        if *before {
            "I have mentored before and learned as much as I gave.".to_owned()
        } else {
            "I have not mentored in a program before and will say so when I do not know something."
                .to_owned()
        },
        draw.one(&[
            "What I would want from a mentee is to come with something on their mind.",
            "You do not need to know what you want to be; it is enough to know what bothers you.",
            "I remember well what it was like to have nobody to ask.",
        ])
        .to_owned(),
    ];
    sentences.join(" ")
}

/// "One thing you would like to be able to say in ten months".
pub fn goal(profile: &Profile) -> String {
    let mut draw = Draw::named(&format!("goal {}", profile.reference));
    let Side::Mentee { wants, .. } = &profile.side else {
        return String::new();
    };
    let name = area(wants.first().map_or("", String::as_str)).name;
    draw.one(&[
        "“I finished one project in AREA that I would show to a stranger.”",
        "“I can explain to my director, in five minutes, why AREA matters here.”",
        "“I know three people outside my library whom I can ask about AREA.”",
        "“I made the decision about AREA that I had put off for a year.”",
    ])
    .replace("AREA", name)
}
