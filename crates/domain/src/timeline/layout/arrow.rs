//! Lines from a date to the date that follows it, drawn between the rows.

use super::{Arrangement, BAR, Bar, ROW, Shape};
use crate::timeline::Edge;

/// How far from its corner a line leaves or meets a bar.
const INSET: i32 = 8;

/// A date that another one follows, by the places of their items in the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    /// Whose date is followed, and which.
    pub from: (usize, Edge),
    /// Whose date follows, and which.
    pub to: (usize, Edge),
}

/// A line of three parts: away from the first item, along below or above the second, and to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arrow {
    /// Where it leaves the first item.
    pub from: (i32, i32),
    /// How high its level part lies.
    pub bend: i32,
    /// Where it meets the second item: its point.
    pub to: (i32, i32),
}

impl Arrangement {
    /// The lines of these links; those of items that are not here are left out.
    pub fn arrows<'a>(&'a self, links: &'a [Link]) -> impl Iterator<Item = Arrow> + 'a {
        links.iter().filter_map(|link| {
            let from = self.bar(link.from.0)?;
            let to = self.bar(link.to.0)?;
            Some(arrow((&from, link.from.1), (&to, link.to.1)))
        })
    }
}

/// The level part lies in the free strip beside the second item's row, so that it crosses no name.
fn arrow((from, from_edge): (&Bar, Edge), (to, to_edge): (&Bar, Edge)) -> Arrow {
    let (start, end) = (corner(from, from_edge), corner(to, to_edge));
    let strip = (ROW - BAR) / 2;
    let is_below = to.y > from.y;
    let (leaves, meets, bend) = if is_below {
        (from.y + BAR, to.y, to.y - strip)
    } else {
        let leaves = if to.y < from.y { from.y } else { from.y + BAR };
        (leaves, to.y + BAR, to.y + BAR + strip)
    };
    Arrow {
        from: (start, leaves),
        bend,
        to: (end, meets),
    }
}

fn corner(bar: &Bar, edge: Edge) -> i32 {
    let inset = INSET.min(bar.width / 2);
    match (bar.shape, edge) {
        (Shape::Flag, _) => bar.x + bar.width / 2,
        (Shape::Bar, Edge::Start) => bar.x + inset,
        (Shape::Bar, Edge::End) => bar.x + bar.width - inset,
    }
}
