//! `/composite/graph`: several independent graphs of calls, each of which happens as a whole or
//! not at all (REST API guide, "Composite Graphs").

use std::collections::HashSet;

use axum::http::Method;
use serde_json::{Map, Value, json};

use super::super::call::{Call, Reply, split_path};
use super::super::data::{Work, dispatch};
use super::super::refusal::Refusal;
use super::{answer_json, check_references, halted, read_list, sub_call, text};

const MOST_GRAPHS: usize = 75;
const MOST_NODES: usize = 500;
const DEEPEST: usize = 15;
/// Distinct kinds of node in one graph.
const MOST_KINDS: usize = 15;
/// After so many failed graphs the rest is not tried.
const MOST_FAILURES: usize = 14;

type Node = Map<String, Value>;

/// `POST /composite/graph`: costs one call.
pub fn graph(call: &Call, work: &mut Work<'_>) -> Result<Reply, Refusal> {
    if call.method != Method::POST {
        return Err(call.not_allowed("POST"));
    }
    let graphs = read_list(&call.object()?, "graphs")?;
    let mut ids = HashSet::new();
    let mut nodes = Vec::new();
    for graph in &graphs {
        let id = text(graph, "graphId");
        if id.is_empty() || !ids.insert(id.clone()) {
            return Err(Refusal::new("INVALID_INPUT", format!("Graph Id ('{id}') is missing or not unique.")));
        }
        let list = read_list(graph, "compositeRequest")?;
        check(&list)?;
        nodes.push((id, list));
    }
    let total: usize = nodes.iter().map(|(_, list)| list.len()).sum();
    if nodes.len() > MOST_GRAPHS || total > MOST_NODES {
        let text = format!("A request holds at most {MOST_GRAPHS} graphs with {MOST_NODES} nodes together");
        return Err(Refusal::new("INVALID_INPUT", text));
    }
    let mut failures = 0;
    let mut answers = Vec::new();
    for (id, list) in nodes {
        let outcome = if failures >= MOST_FAILURES { Err(unattempted(&list)) } else { run(&list, work) };
        failures += usize::from(outcome.is_err());
        let successful = outcome.is_ok();
        let list = outcome.unwrap_or_else(|list| list);
        answers.push(json!({
            "graphId": id,
            "graphResponse": { "compositeResponse": list },
            "isSuccessful": successful,
        }));
    }
    Ok(Reply::ok(json!({ "graphs": answers })))
}

fn check(list: &[Node]) -> Result<(), Refusal> {
    check_references(list)?;
    let mut kinds = HashSet::new();
    for node in list {
        let (url, method) = (text(node, "url"), text(node, "method"));
        let path = url.split('?').next().unwrap_or_default().strip_prefix("/services/data/").unwrap_or_default();
        let (_, segments) = split_path(path);
        let allowed = segments.first().is_some_and(|first| first == "sobjects") && (2..=4).contains(&segments.len());
        if !allowed {
            let text = format!("Only sobjects resources can be nodes of a graph: {url}");
            return Err(Refusal::new("INVALID_INPUT", text));
        }
        kinds.insert((segments.get(1).cloned(), method, segments.len()));
    }
    if kinds.len() > MOST_KINDS {
        let text = format!("A graph has at most {MOST_KINDS} different kinds of node");
        return Err(Refusal::new("INVALID_INPUT", text));
    }
    if depth(list) > DEEPEST {
        return Err(Refusal::new("INVALID_INPUT", format!("A graph is at most {DEEPEST} nodes deep")));
    }
    Ok(())
}

/// The nodes that a node refers to.
fn parents(list: &[Node], node: &Node) -> Vec<usize> {
    let written = Value::Object(node.clone()).to_string();
    let refers = |reference: &str| [".", "[", "}"].iter().any(|end| written.contains(&format!("@{{{reference}{end}")));
    (0..list.len()).filter(|place| refers(&text(&list[*place], "referenceId"))).collect()
}

/// Length of the longest chain; a ring counts as too long.
fn depth(list: &[Node]) -> usize {
    let parents: Vec<Vec<usize>> = list.iter().map(|node| parents(list, node)).collect();
    let mut depths = vec![1_usize; list.len()];
    for _ in 0..=DEEPEST {
        for place in 0..list.len() {
            depths[place] = parents[place].iter().map(|parent| depths[*parent] + 1).max().unwrap_or(1);
        }
    }
    depths.into_iter().max().unwrap_or(0)
}

/// Runs a graph in the order of its references, whatever the order of the list.
fn run(list: &[Node], work: &mut Work<'_>) -> Result<Vec<Value>, Vec<Value>> {
    let start = work.database.savepoint();
    let waiting_for: Vec<Vec<usize>> = list.iter().map(|node| parents(list, node)).collect();
    let mut done: Vec<Option<Reply>> = list.iter().map(|_| None).collect();
    let mut answers: Vec<(String, Reply)> = Vec::new();
    let mut failed = false;
    while let Some(place) = (0..list.len())
        .find(|place| done[*place].is_none() && waiting_for[*place].iter().all(|parent| done[*parent].is_some()))
    {
        let reply = match sub_call(&list[place], &answers) {
            _ if failed => halted(),
            Ok(inner) => dispatch(&inner, work),
            Err(refusal) => Reply::from(refusal),
        };
        failed |= reply.status >= 400;
        answers.push((text(&list[place], "referenceId"), reply.clone()));
        done[place] = Some(reply);
    }
    if failed {
        work.database.roll_back(start);
    }
    let shown = list.iter().zip(done).map(|(node, reply)| {
        let reply = reply.filter(|reply| !failed || reply.status >= 400).unwrap_or_else(halted);
        answer_json(&text(node, "referenceId"), reply)
    });
    if failed { Err(shown.collect()) } else { Ok(shown.collect()) }
}

fn unattempted(list: &[Node]) -> Vec<Value> {
    list.iter().map(|node| answer_json(&text(node, "referenceId"), halted())).collect()
}
