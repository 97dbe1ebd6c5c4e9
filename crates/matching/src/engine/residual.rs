//! What it would cost to change a plan: shortest chains of moves, without making them.
//!
//! The places of the plan form a graph: a mentee may leave where they are and go elsewhere, at the
//! reduced cost of the new pair. One node stands for staying unmatched. Another, the *margin*, is
//! where chains begin with a place that stays free and end in one that was free. All lengths are
//! at least zero, because the plan is optimal.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::ops::ControlFlow;

use crate::cost::Cost;
use crate::engine::{Engine, Seat};
use crate::index::{Column, Each, Key, Mentee};
use crate::instance::Instance;
use crate::plan::Move;

/// A node of the graph: the columns first, then two of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Node(u32);

impl Key for Node {
    fn at(self) -> usize {
        self.0 as usize
    }

    fn of(at: usize) -> Self {
        Self(u32::try_from(at).unwrap_or(u32::MAX))
    }
}

/// Shortest chains between one node and all others.
#[derive(Clone, Debug)]
pub(crate) struct Chains<C> {
    way: Way,
    nodes: Each<Node, Option<Reached<C>>>,
    n_columns: usize,
}

/// Which way the chains lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// From the node where the search began.
    Out,
    /// To the node where the search began.
    Back,
}

#[derive(Clone, Copy, Debug)]
struct Reached<C> {
    length: C,
    is_final: bool,
    /// The neighbour on the chain, on the side of the beginning, and who moves between the two.
    link: Option<(Node, Option<Mentee>)>,
}

impl<C: Cost> Chains<C> {
    /// The length of the shortest chain, if there is one and it was looked for so far.
    pub(crate) fn length(&self, node: Node) -> Option<C> {
        let reached = self.nodes[node]?;
        reached.is_final.then_some(reached.length)
    }

    /// The moves of the shortest chain, the first one first.
    pub(crate) fn moves(&self, instance: &Instance, node: Node) -> Vec<Move> {
        let mentor = |node: Node| {
            let is_column = node.at() < self.n_columns;
            is_column.then(|| instance.mentor_of(Column::of(node.at())))
        };
        let mut moves = Vec::new();
        let mut here = node;
        while let Some((near, mentee)) = self.nodes[here].and_then(|reached| reached.link) {
            let (from, to) = match self.way {
                Way::Out => (near, here),
                Way::Back => (here, near),
            };
            let (from, to) = (mentor(from), mentor(to));
            if let Some(mentee) = mentee
                && from != to
            {
                moves.push(Move { mentee, from, to });
            }
            here = near;
        }
        if self.way == Way::Out {
            moves.reverse();
        }
        moves
    }
}

/// A search for chains under way.
struct Explorer<'a, C> {
    engine: &'a Engine<C>,
    instance: &'a Instance,
    chains: Chains<C>,
    heap: BinaryHeap<Reverse<(C, Node)>>,
}

impl<C: Cost> Engine<C> {
    pub(crate) fn node_of(column: Column) -> Node {
        Node::of(column.at())
    }

    /// The column of a node, if it is no other.
    pub(crate) fn column_of(&self, node: Node) -> Option<Column> {
        (node.at() < self.v.len()).then(|| Column::of(node.at()))
    }

    /// The mentees who stand at a node.
    pub(crate) fn mentees_at(&self, node: Node) -> Vec<Mentee> {
        if let Some(column) = self.column_of(node) {
            return self.members[column].clone();
        }
        if node == self.margin() {
            return Vec::new();
        }
        let seats = self.seats.iter();
        seats
            .filter(|(_, seat)| **seat == Seat::Unmatched)
            .map(|(mentee, _)| mentee)
            .collect()
    }

    /// The node of those who stay unmatched.
    pub(crate) fn unmatched_node(&self) -> Node {
        Node::of(self.v.len())
    }

    /// The node where chains begin and end that use a free place.
    pub(crate) fn margin(&self) -> Node {
        Node::of(self.v.len() + 1)
    }

    /// The node where a mentee stands, unless they are locked or withdrawn.
    pub(crate) fn node_of_mentee(&self, mentee: Mentee) -> Option<Node> {
        match self.seats[mentee] {
            Seat::In(column) => Some(Self::node_of(column)),
            Seat::Unmatched => Some(self.unmatched_node()),
            Seat::Out | Seat::Waiting => None,
        }
    }

    /// The price of a column.
    pub(crate) fn price_of(&self, column: Column) -> C {
        self.v[column]
    }

    /// Finds the shortest chains, nearest nodes first, until told to stop.
    pub(crate) fn chains(
        &self,
        instance: &Instance,
        way: Way,
        begin: Node,
        mut is_settled: impl FnMut(Node, C) -> ControlFlow<()>,
    ) -> Chains<C> {
        let mut explorer = Explorer {
            engine: self,
            instance,
            chains: Chains {
                way,
                nodes: Each::filled(self.v.len() + 2, None),
                n_columns: self.v.len(),
            },
            heap: BinaryHeap::new(),
        };
        explorer.reach(begin, C::ZERO, None);
        while let Some(Reverse((length, node))) = explorer.heap.pop() {
            match &mut explorer.chains.nodes[node] {
                Some(reached) if !reached.is_final => reached.is_final = true,
                _ => continue,
            }
            if is_settled(node, length).is_break() {
                break;
            }
            match way {
                Way::Out => explorer.leave(node, length),
                Way::Back => explorer.arrive(node, length),
            }
        }
        explorer.chains
    }
}

impl<C: Cost> Explorer<'_, C> {
    fn reach(&mut self, node: Node, length: C, link: Option<(Node, Option<Mentee>)>) {
        let known = self.chains.nodes[node];
        if known.is_none_or(|known| !known.is_final && length < known.length) {
            self.chains.nodes[node] = Some(Reached {
                length,
                is_final: false,
                link,
            });
            self.heap.push(Reverse((length, node)));
        }
    }

    /// Follows all that leads away from a node.
    fn leave(&mut self, node: Node, length: C) {
        let engine = self.engine;
        let (unmatched, margin) = (engine.unmatched_node(), engine.margin());
        if node == margin {
            for (column, members) in engine.members.iter() {
                if !members.is_empty() {
                    let price = engine.v[column];
                    self.reach(
                        Engine::<C>::node_of(column),
                        length - price,
                        Some((node, None)),
                    );
                }
            }
            if engine.seats.values().contains(&Seat::Unmatched) {
                self.reach(unmatched, length, Some((node, None)));
            }
        } else if node == unmatched {
            self.reach(margin, length, Some((node, None)));
            for (mentee, seat) in engine.seats.iter() {
                if *seat == Seat::Unmatched {
                    self.leave_by(mentee, node, length);
                }
            }
        } else {
            let column = Column::of(node.at());
            if engine.has_room(column) {
                self.reach(margin, length, Some((node, None)));
            }
            for &mentee in &engine.members[column] {
                let cost = engine.prices.unmatched(self.instance, mentee) - engine.u[mentee];
                self.reach(unmatched, length + cost, Some((node, Some(mentee))));
                self.leave_by(mentee, node, length);
            }
        }
    }

    /// Follows a mentee to everywhere they may go.
    fn leave_by(&mut self, mentee: Mentee, node: Node, length: C) {
        let (engine, instance) = (self.engine, self.instance);
        instance.scores.each_of_mentee(mentee, |mentor, score| {
            for step in 0..instance.n_steps() {
                let column = instance.column(mentor, step);
                if let Some(reduced) = engine.reduced(instance, mentee, column, score) {
                    let link = Some((node, Some(mentee)));
                    self.reach(Engine::<C>::node_of(column), length + reduced, link);
                }
            }
        });
    }

    /// Follows all that leads to a node, backwards.
    fn arrive(&mut self, node: Node, length: C) {
        let (engine, instance) = (self.engine, self.instance);
        let (unmatched, margin) = (engine.unmatched_node(), engine.margin());
        if node == margin {
            self.reach(unmatched, length, Some((node, None)));
            for column in engine.v.keys() {
                if engine.has_room(column) {
                    self.reach(Engine::<C>::node_of(column), length, Some((node, None)));
                }
            }
        } else if node == unmatched {
            if engine.seats.values().contains(&Seat::Unmatched) {
                self.reach(margin, length, Some((node, None)));
            }
            for (mentee, seat) in engine.seats.iter() {
                if let Seat::In(column) = *seat {
                    let cost = engine.prices.unmatched(instance, mentee) - engine.u[mentee];
                    let link = Some((node, Some(mentee)));
                    self.reach(Engine::<C>::node_of(column), length + cost, link);
                }
            }
        } else {
            let column = Column::of(node.at());
            if !engine.members[column].is_empty() {
                let price = engine.v[column];
                self.reach(margin, length - price, Some((node, None)));
            }
            let mentor = instance.mentor_of(column);
            instance.scores.each_of_mentor(mentor, |mentee, score| {
                let Some(from) = engine.node_of_mentee(mentee) else {
                    return;
                };
                if let Some(reduced) = engine.reduced(instance, mentee, column, score) {
                    self.reach(from, length + reduced, Some((node, Some(mentee))));
                }
            });
        }
    }
}
