'use strict';
/* The page "Modules". Everything that comes from the server is put in as text, never as markup. */
(() => {
  const BASE = pluginRoot; // set by the Web Console's frame
  const PHASES = ['STAGE', 'OVERLAP', 'TRANSFORM', 'SWITCH', 'DRAIN', 'WATCH', 'REMOVE', 'DONE'];
  const REMOVAL = ['REMOVE', 'DONE'];
  const ENDS = ['DONE', 'REFUSED', 'ROLLED_BACK', 'FAILED'];
  const WAIT_MS = 5000;
  const REFRESH_MS = 5000;
  const $ = id => document.getElementById('hms-' + id);

  let limits = {mostJarBytes: 0, mostWhy: 200, watchMs: 10000};
  let previewed = null; // {file, preview}
  let follows = 0; // counts what was followed: only the last one goes on
  let reported = ''; // id of the shadow whose report is shown

  // ---- talking to the server

  async function ask(path, options) {
    const answer = await fetch(BASE + path, {cache: 'no-store', ...options});
    const text = await answer.text();
    let json;
    try {
      json = JSON.parse(text);
    } catch (e) {
      throw new Error(answer.status + ' ' + answer.statusText);
    }
    if (!answer.ok) {
      throw new Error(json.message || answer.status + ' ' + answer.statusText);
    }
    return json;
  }

  const look = (what, parameters) => ask('/data/' + what + '?' + new URLSearchParams(parameters || {}));

  const sendJar = (deed, parameters, file) => ask('/do/' + deed + '?' + new URLSearchParams(parameters), {
    method: 'POST', headers: {'Content-Type': 'application/octet-stream'}, body: file
  });

  const sendJson = (deed, body) => ask('/do/' + deed, {
    method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify(body)
  });

  function say(text, bad) {
    $('message').textContent = text;
    $('message').classList.toggle('bad', Boolean(bad));
  }

  /** Runs something a person asked for; what goes wrong is said. */
  async function run(work, button) {
    if (button) {
      button.disabled = true;
    }
    try {
      await work();
    } catch (e) {
      say(e.message, true);
    } finally {
      if (button) {
        button.disabled = false;
      }
    }
  }

  // ---- small pieces of the page

  function cell(content, className) {
    const td = document.createElement('td');
    if (content instanceof Node) {
      td.append(content);
    } else {
      td.textContent = content === null || content === undefined ? '' : String(content);
    }
    if (className) {
      td.className = className;
    }
    return td;
  }

  function row(...cells) {
    const tr = document.createElement('tr');
    tr.append(...cells);
    return tr;
  }

  function fact(name, value, className) {
    const th = document.createElement('th');
    th.className = 'ui-widget-header';
    th.textContent = name;
    return row(th, cell(value, className));
  }

  function button(text, work) {
    const made = document.createElement('button');
    made.type = 'button';
    made.className = 'ui-state-default ui-corner-all';
    made.textContent = text;
    made.addEventListener('click', () => run(work, made));
    return made;
  }

  function group(...nodes) {
    const made = document.createDocumentFragment();
    made.append(...nodes);
    return made;
  }

  function digest(value) {
    const td = cell((value || '').slice(0, 12), 'digest');
    td.title = value || '';
    return td;
  }

  const fill = (table, rows) => table.tBodies[0].replaceChildren(...rows);
  const time = ms => new Date(ms).toISOString().replace('T', ' ').replace('Z', '');
  const list = values => values.length ? values.join(', ') : 'none';
  const version = one => one.version || 'none';

  // ---- modules

  function moduleRow(one) {
    const tr = row(
        cell(one.module || one.symbolicName), cell(one.symbolicName), cell(one.version),
        cell(one.state, one.state === 'active' ? 'good' : one.state === 'absent' ? 'quiet' : 'bad'),
        cell(one.trust === 'off' ? 'TRUST IS OFF' : one.signer, one.trust === 'off' ? 'bad' : ''),
        digest(one.digest),
        cell(one.drift || (one.wantedBy ? 'as desired (' + one.wantedBy + ')' : ''), one.drift ? 'bad' : 'quiet'));
    const wrong = one.lastError ? [one.lastError, ...one.health] : one.health;
    const runs = one.state !== 'absent';
    tr.append(
        cell(wrong.length ? wrong.join('; ') : runs ? 'well' : '', wrong.length ? 'bad' : 'good'),
        cell(runs && one.state !== 'refused'
            ? group(button('Roll back', () => rollBack(one)), button('Remove', () => remove(one)))
            : ''));
    tr.dataset.name = one.symbolicName;
    tr.dataset.version = one.version;
    tr.dataset.state = one.state;
    return tr;
  }

  async function showModules() {
    const all = await look('modules');
    limits = all;
    $('limit').textContent = 'at most ' + all.mostJarBytes / 1048576 + ' MiB; you are ' + all.who;
    $('why').maxLength = all.mostWhy;
    $('ask-why').maxLength = all.mostWhy;
    fill($('list'), all.modules.map(moduleRow));
  }

  // ---- a deed that wants a reason

  /** Asks for the reason in a dialog, and for the probation where there is one; does the work when it was confirmed. */
  function confirm(title, facts, work, withoutProbation) {
    const dialog = $('ask');
    dialog.querySelector('h3').textContent = title;
    fill(dialog.querySelector('table'), facts);
    $('ask-why').value = '';
    $('ask-watch').value = limits.watchMs;
    $('ask-watch').disabled = Boolean(withoutProbation);
    $('ask-probation').hidden = Boolean(withoutProbation);
    dialog.returnValue = 'no';
    dialog.onclose = () => {
      if (dialog.returnValue === 'yes') {
        const why = $('ask-why').value.trim();
        run(() => work(withoutProbation ? {why} : {why, watchMs: Number($('ask-watch').value)}));
      }
    };
    dialog.showModal();
  }

  function rollBack(one) {
    confirm('Roll ' + one.symbolicName + ' back', [
      fact('Serves now', one.version),
      fact('Comes back', 'the version that served before; on probation like any other')
    ], said => begin(sendJson('rollback', {target: one.symbolicName, ...said})));
  }

  async function remove(one) {
    const preview = await look('removal', {module: one.symbolicName});
    if (preview.refusal) {
      say(preview.refusal, true);
      return;
    }
    confirm('Remove ' + one.symbolicName, previewFacts(preview),
        said => begin(sendJson('remove', {target: one.symbolicName, ...said})), true);
  }

  // ---- upload, preview, confirm

  function previewFacts(preview) {
    const ways = {
      beside: 'replaced side by side, without a gap', install: 'installed: nothing of that name is here',
      remove: 'taken out until its jar is installed again', restart: 'by a planned restart only'
    };
    const facts = [
      fact('Module', preview.module),
      fact('From', version(preview.from) + ' ' + preview.from.digest),
      fact('To', version(preview.to) + ' ' + preview.to.digest),
      fact('How', ways[preview.way] || preview.way),
      fact('Services that go', list(preview.servicesGone)),
      fact('Services that come', list(preview.servicesCome)),
      fact('Required rules that go', list(preview.rulesGone), preview.rulesGone.length ? 'bad' : ''),
      fact('Bundles restarted with it', list(preview.refreshed), preview.refreshed.length ? 'bad' : '')
    ];
    const state = preview.state;
    if (state.from || state.to) {
      facts.push(fact('State outside the core', 'form ' + state.from + ' to form ' + state.to
        + '; the newer version takes over from form ' + state.upgradeFrom + ', gives back to form ' + state.downgradeTo));
    }
    if (preview.migrations.length) {
      facts.push(fact('SQL scripts that run first', list(preview.migrations)));
    }
    if (preview.missing.length) {
      facts.push(fact('Missing', preview.missing.join('; '), 'bad'));
    }
    facts.push(preview.refusal ? fact('Refused', preview.refusal, 'bad') : fact('Would be done', 'yes', 'good'));
    return facts;
  }

  async function preview() {
    $('previewed').hidden = true;
    const file = $('jar').files[0];
    if (!file) {
      throw new Error('choose a jar first');
    }
    if (file.size > limits.mostJarBytes) {
      throw new Error(file.name + ' has ' + file.size + ' bytes, at most ' + limits.mostJarBytes + ' are taken');
    }
    say('Looking at ' + file.name + ' ...');
    const seen = await sendJar('preview', {}, file);
    previewed = {file, preview: seen};
    fill($('previewed').querySelector('table'), previewFacts(seen));
    $('confirm').hidden = Boolean(seen.refusal);
    $('update').textContent = seen.way === 'install' ? 'Install' : 'Replace';
    $('watch').value = limits.watchMs;
    $('why').value = '';
    $('previewed').hidden = false;
    say(seen.refusal ? 'It would be refused.' : 'Nothing has moved yet. Say why, and confirm.', seen.refusal);
  }

  function confirmed() {
    const why = $('why').value.trim();
    if (!why) {
      throw new Error('say why');
    }
    return {why, digest: previewed.preview.to.digest};
  }

  async function update() {
    const asked = {...confirmed(), watchMs: $('watch').value};
    await begin(sendJar('update', asked, previewed.file));
    $('previewed').hidden = true;
  }

  async function startShadow() {
    say('Starting it beside what serves ...');
    const report = await sendJar('shadow', confirmed(), previewed.file);
    $('previewed').hidden = true;
    say('Shadow of ' + report.module + ' ' + report.shadow.version + ' runs. Another person promotes it.');
    await Promise.all([showShadows(), showReport(report.id)]);
  }

  // ---- progress of an operation

  async function begin(sent) {
    const operation = await sent;
    say('Operation ' + operation.id + ' has begun.');
    follow(operation.id);
  }

  async function follow(id) {
    const mine = ++follows;
    $('progress').hidden = false;
    let seen = 0;
    while (true) {
      let record;
      try {
        record = await look('operation', {id, steps: seen, waitMs: WAIT_MS});
      } catch (e) {
        say('The progress of ' + id + ' cannot be seen: ' + e.message, true);
        return;
      }
      if (mine !== follows) {
        return;
      }
      showProgress(record);
      seen = record.steps.length;
      if (ENDS.includes(record.phase)) {
        say(record.request.kind + ' of ' + record.module + ': ' + record.phase, record.phase !== 'DONE');
        await refresh();
        return;
      }
    }
  }

  function showProgress(record) {
    $('progress').dataset.id = record.id;
    $('progress').dataset.phase = record.phase;
    $('head').textContent = record.request.kind + ' of ' + record.module + ', ' + version(record.from) + ' to '
        + version(record.to) + ', by ' + record.request.who + (record.request.why ? ': ' + record.request.why : '');
    const passed = record.steps.map(step => step.phase);
    const phases = record.request.kind === 'remove' ? REMOVAL : PHASES;
    const shown = phases.filter(phase => phase !== 'DONE' || !ENDS.includes(record.phase))
      .filter(phase => phase !== 'TRANSFORM' || passed.includes(phase));
    if (ENDS.includes(record.phase)) {
      shown.push(record.phase);
    }
    $('phases').replaceChildren(...shown.map(phase => {
      const li = document.createElement('li');
      li.textContent = phase;
      const ended = ENDS.includes(phase) && phase !== 'DONE';
      const done = passed.includes(phase) && (phase !== record.phase || phase === 'DONE');
      li.className = ended ? 'failed' : done ? 'done' : phase === record.phase ? 'now' : '';
      return li;
    }));
    fill($('steps'), record.steps.map(step => row(cell(time(step.atMs)), cell(step.phase), cell(step.detail))));
    const measured = Object.entries(record.measured).sort();
    fill($('measured'), measured.map(([name, value]) => row(cell(name), cell(value, 'number')))
        .concat(row(cell('let go'), cell(list(record.refreshed)))));
    $('recall').hidden = record.phase !== 'WATCH';
    $('recall').onclick = () => rollBack({symbolicName: record.module, version: record.to.version});
    $('record').href = BASE + '/data/operation?' + new URLSearchParams({id: record.id});
  }

  /** What was removed has no row among the modules any more. */
  function bringBack(one) {
    const gone = one.request.kind === 'remove' && one.phase === 'DONE';
    return gone ? [button('Bring back', () => rollBack({symbolicName: one.module, version: 'none'}))] : [];
  }

  async function showOperations() {
    const all = await look('operations');
    $('no-operations').hidden = all.length > 0;
    $('operations').hidden = all.length === 0;
    fill($('operations'), all.map(one => {
      const tr = row(
          cell(one.steps.length ? time(one.steps[0].atMs) : ''), cell(one.request.kind), cell(one.module),
          cell(version(one.from)), cell(version(one.to)), cell(one.request.who), cell(one.request.why),
          cell(one.phase, one.phase === 'DONE' ? 'good' : ENDS.includes(one.phase) ? 'bad' : ''),
          cell(group(button('Show', () => follow(one.id)), ...bringBack(one))));
      tr.dataset.id = one.id;
      tr.dataset.kind = one.request.kind;
      return tr;
    }));
  }

  // ---- shadows

  function shadowRow(one) {
    const counts = one.counts;
    const number = value => cell(value, 'number');
    const actions = [button('Report', () => showReport(one.id))];
    if (one.state === 'running') {
      actions.push(button('Promote', () => promote(one)), button('Stop', async () => {
        await sendJson('stop', {id: one.id});
        say('The shadow of ' + one.module + ' ' + one.shadow.version + ' was stopped.');
        await refresh();
      }));
    }
    const tr = row(
        cell(one.module), cell(one.serves.version), cell(one.shadow.version), cell(one.stagedBy), cell(one.why),
        cell(one.state), number(counts.orders), number(counts.compared), number(counts.stricter),
        number(counts.looser), number(counts.failed), number(counts.late), number(counts.dropped),
        cell(group(...actions)));
    tr.dataset.id = one.id;
    tr.dataset.state = one.state;
    return tr;
  }

  async function showShadows() {
    const all = await look('shadows');
    $('no-shadows').hidden = all.length > 0;
    $('shadows').hidden = all.length === 0;
    fill($('shadows'), all.reverse().map(shadowRow));
  }

  function promote(one) {
    confirm('Promote the shadow of ' + one.module, [
      fact('Serves now', one.serves.version), fact('Comes to serve', one.shadow.version + ' ' + one.shadow.digest),
      fact('Staged by', one.stagedBy), fact('Answers compared', one.counts.compared),
      fact('Stricter, looser', one.counts.stricter + ', ' + one.counts.looser),
      fact('Failed, late, dropped', one.counts.failed + ', ' + one.counts.late + ', ' + one.counts.dropped)
    ], said => begin(sendJson('promote', {target: one.id, ...said})));
  }

  function table(heads, rows) {
    const made = document.createElement('table');
    made.className = 'nicetable ui-widget';
    const tr = row(...heads.map(head => {
      const th = document.createElement('th');
      th.className = 'ui-widget-header';
      th.textContent = head;
      return th;
    }));
    made.createTHead().append(tr);
    made.createTBody().append(...rows);
    return made;
  }

  const said = one => [
    one.answer, one.detail, one.value ? 'value ' + one.value : '', one.limit ? 'limit ' + one.limit : ''
  ].filter(Boolean).join(', ');

  function disagreement(one) {
    return row(cell(time(one.atMs)), cell(one.order), cell(one.clientOrderId), cell(one.side), cell(one.qty, 'number'),
        cell(one.symbol), cell(said(one.live)), cell(said(one.shadow)));
  }

  async function showReport(id) {
    const report = await look('shadow', {id});
    reported = id;
    const parts = report.rows.map(one => {
      const part = document.createElement('div');
      const head = document.createElement('h3');
      head.textContent = one.rule + ' of account ' + one.account + ': compared ' + one.compared + ', stricter '
          + one.stricter + ', looser ' + one.looser + (one.notShown ? ', not shown ' + one.notShown : '');
      part.append(head);
      if (one.disagreements.length) {
        part.append(table(
            ['Time, UTC', 'Order', 'Client order id', 'Side', 'Quantity', 'Symbol', 'Serving version says', 'Shadow says'],
            one.disagreements.map(disagreement)));
      }
      return part;
    });
    $('report').querySelector('h3').textContent = 'Report of ' + report.module + ' ' + report.shadow.version
        + ' beside ' + report.serves.version + ', ' + report.state + ': compared ' + report.counts.compared
        + ', waiting ' + report.counts.waiting
        + (report.counts.lastFailure ? ', last failure ' + report.counts.lastFailure : '');
    $('report').querySelector('div').replaceChildren(...parts);
    $('report').dataset.id = id;
    $('report').hidden = false;
  }

  // ---- the whole page

  async function refresh() {
    await Promise.all([showModules(), showShadows(), showOperations(), reported ? showReport(reported) : null]);
  }

  $('upload').addEventListener('submit', event => {
    event.preventDefault();
    run(preview, $('preview'));
  });
  $('jar').addEventListener('change', () => {
    $('previewed').hidden = true;
  });
  $('confirm').addEventListener('submit', event => {
    event.preventDefault();
    run(update, $('update'));
  });
  $('shadow').addEventListener('click', () => run(startShadow, $('shadow')));

  run(async () => {
    await refresh();
    say('Ready.');
  });
  setInterval(() => {
    if (!document.hidden && !$('ask').open) {
      refresh().catch(e => say('The server does not answer: ' + e.message, true));
    }
  }, REFRESH_MS);
})();
