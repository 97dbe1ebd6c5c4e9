//! Files of the reader: chosen, sent at once, named in the answer by what the server made of them.

use leptos::prelude::*;
use tandem_domain::form::answer::Upload;
use tandem_domain::form::check::ProblemCode;
use tandem_domain::form::definition::{FileFormat, QuestionId};

use crate::ui::button::{Button, Look};
use crate::ui::field::Label;
use crate::ui::file_input::{Chosen, FileInput};

/// A file on its way.
#[derive(Clone)]
pub struct Sending {
    /// For which question.
    pub question: QuestionId,
    /// What was chosen.
    pub chosen: Chosen,
    /// Called with what the server made of it, or why not.
    pub on_done: Callback<Result<Upload, Trouble>>,
}

/// Why a file did not arrive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// It is not what the question takes.
    Problem(Vec<ProblemCode>),
    /// Anything else, in words.
    Words(String),
}

/// Where files go. The screen provides it; without one, only text can be pasted.
#[derive(Clone, Copy)]
pub struct FileDesk(Callback<Sending>);

impl FileDesk {
    /// A desk that passes files on.
    pub fn new(send: impl Fn(Sending) + Send + Sync + 'static) -> Self {
        Self(Callback::new(send))
    }
}

/// Files, one below the other, and the way to add one.
#[component]
pub fn FileField(
    /// The id of the control.
    #[prop(into)]
    id: String,
    /// What stands above it.
    #[prop(into)]
    label: Label,
    /// Which question.
    question: QuestionId,
    /// What may be given.
    formats: Vec<FileFormat>,
    /// How large each may be.
    max_bytes: u32,
    /// How many at most.
    max: usize,
    /// The files so far.
    #[prop(into)]
    value: Signal<Vec<Upload>>,
    /// What is wrong, if anything.
    #[prop(into)]
    error: Signal<Option<String>>,
    /// Called with the files at each change.
    #[prop(into)]
    on_change: Callback<Vec<Upload>>,
) -> impl IntoView {
    let desk = use_context::<FileDesk>();
    let trouble = RwSignal::new(None::<String>);
    let on_its_way = RwSignal::new(None::<String>);
    let done = Callback::new(move |answer: Result<Upload, Trouble>| {
        on_its_way.try_set(None);
        match answer {
            Ok(upload) => {
                let mut files = value.get_untracked();
                files.retain(|file| file.id != upload.id);
                files.push(upload);
                on_change.run(files);
            }
            Err(why) => {
                trouble.try_set(Some(words(&why)));
            }
        }
    });
    let choose = Callback::new(move |chosen: Chosen| {
        trouble.set(None);
        if chosen.bytes > f64::from(max_bytes) {
            trouble.set(Some(too_large(max_bytes)));
            return;
        }
        let Some(FileDesk(send)) = desk else { return };
        on_its_way.set(Some(chosen.name.clone()));
        send.run(Sending {
            question: question.clone(),
            chosen,
            on_done: done,
        });
    });
    let shown = Signal::derive(move || trouble.get().or_else(|| error.get()));
    let accept = formats
        .iter()
        .map(|format| ending(*format))
        .collect::<Vec<_>>()
        .join(",");
    let is_full = move || value.with(Vec::len) >= max;
    view! {
        <div class="file-field">
            <FileInput id label accept error=shown on_choose=choose />
            <p class="file-field__status" role="status">
                {move || match on_its_way.get() {
                    Some(name) => format!("Uploading {name} …"),
                    None if is_full() => format!("{max} at most. Remove one to choose another."),
                    None => String::new(),
                }}
            </p>
            {move || all_given(value, on_change)}
        </div>
    }
}

/// The files that were given. A list of nothing would be announced as a list.
fn all_given(
    value: Signal<Vec<Upload>>,
    on_change: Callback<Vec<Upload>>,
) -> Option<impl IntoView> {
    let files = value.get();
    if files.is_empty() {
        return None;
    }
    let given = files
        .into_iter()
        .map(|file| view! { <Given file value on_change /> })
        .collect_view();
    Some(view! { <ul class="file-field__files">{given}</ul> })
}

/// A file that was given.
#[component]
fn Given(
    /// Which.
    file: Upload,
    /// All of them.
    value: Signal<Vec<Upload>>,
    /// Called with the files at each change.
    on_change: Callback<Vec<Upload>>,
) -> impl IntoView {
    let id = file.id.clone();
    let remove = move |()| {
        let mut files = value.get_untracked();
        files.retain(|file| file.id != id);
        on_change.run(files);
    };
    view! {
        <li class="file-field__file">
            <span dir="auto">{file.name.clone()}</span>
            <span class="file-field__size">{size(file.bytes)}</span>
            <Button look=Look::Quiet on_press=remove>
                "Remove"
                <span class="visually-hidden">{format!(" {}", file.name)}</span>
            </Button>
        </li>
    }
}

/// How large a file is, as people say it.
pub fn size(bytes: u32) -> String {
    match bytes {
        0..1024 => format!("{bytes} bytes"),
        1024..1_048_576 => format!("{} KB", bytes / 1024),
        _ => format!(
            "{}.{} MB",
            bytes / 1_048_576,
            bytes % 1_048_576 * 10 / 1_048_576
        ),
    }
}

fn ending(format: FileFormat) -> &'static str {
    match format {
        FileFormat::Pdf => ".pdf",
        FileFormat::Docx => ".docx",
        FileFormat::Odt => ".odt",
        FileFormat::Txt => ".txt",
    }
}

fn too_large(max: u32) -> String {
    format!(
        "This file is larger than {}. Choose a smaller one, or paste the text below.",
        size(max)
    )
}

fn words(trouble: &Trouble) -> String {
    match trouble {
        Trouble::Words(words) => words.clone(),
        Trouble::Problem(codes) => match codes.first() {
            Some(ProblemCode::FileTooLarge { max }) => too_large(*max),
            Some(ProblemCode::TooMany { .. }) => {
                "Too many files were uploaded. Remove one and try again tomorrow, or paste the \
                 text below."
                    .to_owned()
            }
            _ => "This kind of file is not taken. Choose a PDF, Word, OpenDocument or text file, \
                  or paste the text below."
                .to_owned(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_said_as_people_say_them() {
        assert_eq!(size(12), "12 bytes");
        assert_eq!(size(20_480), "20 KB");
        assert_eq!(size(10_485_760), "10.0 MB");
        assert_eq!(size(1_572_864), "1.5 MB");
    }
}
